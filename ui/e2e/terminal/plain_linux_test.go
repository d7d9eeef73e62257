package terminal

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"loket/ui/e2e/driver"
)

// TestSecretIsNotSeen logs in on a terminal. It checks that typed text is visible except for the password, and that the output
// is only text.
func TestSecretIsNotSeen(t *testing.T) {
	t.Parallel()
	p := driver.StartOnTerminal(t, "--plain")
	seen := p.AwaitText("Kies een nummer: ")
	p.Type("2\n")
	seen += p.AwaitText("Gebruikersnaam: ")
	p.Type("mjvanderzwan\n")
	seen += p.AwaitText("Wachtwoord: ")
	if p.IsEchoing() {
		t.Error("the terminal would show a password")
	}
	p.Type("Duinpan44geel\n")
	seen += p.AwaitText("Kies een nummer: ")
	if !p.IsEchoing() {
		t.Error("the terminal no longer shows what is typed")
	}
	p.Type("/stop\n")
	seen += p.AwaitExit()
	for _, want := range []string{"mjvanderzwan", "Wat je nu typt, is niet te zien.", "M.J. van der Zwan", "Tot ziens!", "kan dit loket niet wissen"} {
		if !strings.Contains(seen, want) {
			t.Errorf("no %q in %q", want, seen)
		}
	}
	drives := func(c rune) bool { return c < ' ' && c != '\n' && c != '\r' || c == 0x7f }
	if strings.Contains(seen, "Duinpan44geel") || strings.ContainsFunc(seen, drives) {
		t.Errorf("seen %q", seen)
	}
}

// TestInterrupted presses Ctrl+C while the desk asks for a password.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	p := driver.StartOnTerminal(t, "--plain --lang en")
	p.AwaitText("Choose a number: ")
	p.Type("2\n")
	p.AwaitText("Username: ")
	p.Type("mjvanderzwan\n")
	p.AwaitText("Password: ")
	p.Type("\x03")
	p.AwaitText("The desk has stopped.")
	if !p.IsEchoing() {
		t.Error("the terminal is left without showing what is typed")
	}
	p.AwaitExit()
}

// TestDumbTerminal checks that a terminal that cannot draw screens gets the interface in lines without a flag.
func TestDumbTerminal(t *testing.T) {
	t.Parallel()
	for _, term := range []string{"dumb", ""} {
		p := driver.StartOnTerminal(t, "kiosk", "TERM="+term)
		if seen := p.AwaitText("Kies een nummer: "); strings.Contains(seen, "\x1b") {
			t.Errorf("seen %q", seen)
		}
		p.Type("\x04") // Ctrl+D ends the input.
		p.AwaitExit()
	}
}

// stoppingKeys are the keys that end, suspend or stop other programs, or their output: Ctrl+C, Ctrl+\, Ctrl+Z, Ctrl+D and Ctrl+S.
var stoppingKeys = []string{"\x03", "\x1c", "\x1a", "\x04", "\x13"}

// TestKeysDoNotStopWalkIn presses the keys that stop other programs.
func TestKeysDoNotStopWalkIn(t *testing.T) {
	t.Parallel()
	p := walkIn(t, "")
	p.AwaitText("Kies een nummer: ")
	for _, key := range stoppingKeys {
		p.Type(key + "\n")
		p.AwaitText("Kies een nummer: ")
	}
	p.Type("/stop\n")
	p.AwaitText("Waarmee kunnen we je helpen?")
	stops(p)
}

// TestHalfTypedIsForgotten leaves while a password is half typed. It checks that the rest does not reach the next visitor, for
// whom it would choose an item of the menu.
func TestHalfTypedIsForgotten(t *testing.T) {
	t.Parallel()
	const half, endOfInput, showAgain = "00004", "\x04", "\x12"
	visits := map[string]struct{ first, next string }{
		"on the line":   {half, "\n"},
		"handed over":   {half + endOfInput, "\n"},
		"of both sorts": {half + endOfInput + half, "\n"},
		"shown again":   {half, showAgain + "\n"},
	}
	// All visits are idle at the same time, because each takes 15 seconds: a desk by lines also counts the time to hear its words.
	desks := map[string]*driver.Terminal{}
	for name, visit := range visits {
		p := walkIn(t, " --set-idle-before=1s --set-idle-warned=1s")
		p.AwaitText("Kies een nummer: ")
		p.Type("2\n")
		p.AwaitText("Gebruikersnaam: ")
		p.Type("mjvanderzwan\n")
		p.AwaitText("Wachtwoord: ")
		p.Type(visit.first)
		desks[name] = p
	}
	for _, p := range desks {
		p.AwaitText("Kies een nummer: ")
	}
	time.Sleep(2100 * time.Millisecond) // Input is ignored for this time after a visit has ended by a timeout.
	for name, p := range desks {
		p.Type(visits[name].next)
		seen := p.AwaitText("Fout: Kies een nummer uit de lijst.") + p.AwaitText("Kies een nummer: ")
		p.Type("2\n")
		seen += p.AwaitText("Gebruikersnaam: ") + stops(p)
		if strings.Contains(seen, half) {
			t.Errorf("%s: the next one sees %q", name, seen)
		}
	}
}

// walkIn starts a walk-in desk, line by line.
func walkIn(t *testing.T, args string) *driver.Terminal {
	t.Helper()
	return driver.StartOnTerminal(t, "kiosk --plain --kiosk --db "+withCustomers(t)+args)
}

// stops ends a walk-in desk, and returns the rest of its output.
func stops(p *driver.Terminal) string {
	p.Helper()
	p.Signal(syscall.SIGTERM)
	return p.AwaitText("Het loket is gestopt.") + p.AwaitExit()
}
