package ssh

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"loket/ui/exitcode"
)

// goesPlain are the keys that lead from the full screen to lines of text: Ctrl+E, and the confirmation.
const goesPlain = "\x05\x1b[C\r"

// TestFacesOverSSH goes from the full screen to lines of text and back in each language, with a login on each side.
func TestFacesOverSSH(t *testing.T) {
	for language, c := range map[string]struct{ home, asks, goesOn, stands, password, choose, back, name string }{
		"nl_NL": {home, "Verder in alleen tekst?", "Je bezoek gaat hier verder", "Nu staat er: mjvanderzwan.", "Wachtwoord: ", "Kies een nummer: ", "/scherm", "Ingelogd: M.J. van der Zwan"},
		"en_GB": {"How can we help you?", "Continue in text only?", "Your visit goes on here", "Current answer: mjvanderzwan.", "Password: ", "Choose a number: ", "/screen", "Logged in: M.J. van der Zwan"},
	} {
		t.Run(language, func(t *testing.T) {
			s := serve(t, nil)
			v := visits(t, s.dial()).speaks("LANG="+language).at("xterm-256color", 80, 24).enters()
			v.finds(c.home)
			v.types("2")
			v.finds(c.password[:8])
			v.types("mjvanderzwan")
			v.finds("mjvanderzwan")
			v.types("\x05")
			v.finds(c.asks)
			v.types("\x1b[C\r")
			v.sees(c.stands)
			v.finds(c.goesOn)
			v.types("\r")
			v.sees(c.password)
			v.types("Duinpan44geel\r")
			v.sees(c.choose)
			v.types(c.back + "\r")
			v.finds(c.name) // The name is in the header of the full screen.
			v.types(goesPlain)
			v.seen.until(t, "the plain face for the second time", func(all string) bool { return strings.Count(all, c.goesOn) == 2 })
			v.sees(c.name + ".") // On the full screen the name has no full stop.
			v.types("/stop\r")
			if code := v.leaves(); code != exitcode.Done {
				t.Errorf("exit code %d", code)
			}
			v.restored()
			if end := drawn(v.seen.String()); strings.Contains(end, "▶") || strings.Contains(v.seen.String(), "Duinpan44geel") {
				t.Errorf("in the end it shows\n%s", end)
			}
		})
	}
}

// TestFaceOfNextVisitor checks that a branch terminal begins each visit on the full screen, that nothing of the visit before is left on the terminal,
// and that the first key of the next visitor counts.
func TestFaceOfNextVisitor(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, []string{`terminal="Utrecht 1" ` + line}, nil)
	v := s.atTerminal(key)
	v.types("2")
	v.finds(logIn)
	v.types("mjvanderzwan\rDuinpan44geel\r")
	v.finds("M.J. van der Zwan")
	v.types(goesPlain)
	v.sees("Je bezoek gaat hier verder")
	v.sees("Kies een nummer: ")
	v.types("/stop\r")
	v.finds("Je bent uitgelogd. Tot ziens!")
	if shown := drawn(v.seen.String()); strings.Contains(shown, "Zwan") {
		t.Errorf("the next visitor sees\n%s", shown)
	}
	after := v.seen.String()[strings.LastIndex(v.seen.String(), "Je bezoek gaat hier verder"):]
	if !strings.Contains(after, ansi.EraseDisplay(3)) || !strings.Contains(after, ansi.EraseEntireScreen) {
		t.Error("the text of the visit stays on the terminal")
	}
	v.types("1")
	v.finds("Activatienummer")
}

// TestLeavesLinesAtBranch checks that Ctrl+C, which ends the connection of a branch terminal while it shows lines, leaves nothing of the
// visit on the terminal.
func TestLeavesLinesAtBranch(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, []string{`terminal="Utrecht 1" ` + line}, nil)
	v := s.atTerminal(key)
	v.types("2")
	v.finds(logIn)
	v.types("mjvanderzwan")
	v.finds("mjvanderzwan")
	v.types(goesPlain)
	v.sees("Nu staat er: mjvanderzwan.")
	v.types("\x03")
	v.leaves()
	if shown := drawn(v.seen.String()); strings.Contains(shown, "zwan") {
		t.Errorf("left on the terminal is\n%s", shown)
	}
}

// TestServiceDeskFaces checks that an operator stays at the service desk on the way to lines of text and back, with the card that is
// open.
func TestServiceDeskFaces(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, nil, []string{`role="helpdesk" ` + line + " anna"})
	v := visits(t, s.dial(key)).at("xterm-256color", 80, 24).enters()
	v.finds("Servicedesk")
	v.types("1")
	v.finds("Wie belt er?")
	v.types(goesPlain)
	v.finds("Wie belt er?")
	v.sees("Je bezoek gaat hier verder")
	v.types("/scherm\r")
	v.finds("Geen kaart open")
	v.finds("Wie belt er?")
	v.types(quits)
	if code := v.leaves(); code != exitcode.Done {
		t.Errorf("exit code %d", code)
	}
	v.restored()
}

// TestOneFace checks that a terminal that cannot draw offers no full screen.
func TestOneFace(t *testing.T) {
	s := serve(t, nil)
	v := s.cookedAt()
	v.types("/scherm\r")
	v.sees("Fout: Kies een nummer uit de lijst.")
	if out, _, _ := asks(t, s.dial(), "plain", "/scherm\nhulp\n/stop\n"); strings.Contains(out, "\x1b") || strings.Contains(out, "/scherm: ") {
		t.Errorf("without a terminal it writes %q", out)
	}
}
