package terminal

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"loket/ui/e2e/driver"
)

// goesToLines goes from the full screen to lines of text.
func goesToLines(p *driver.Terminal) {
	p.Type("\x05")
	p.AwaitText("Verder in alleen tekst?")
	p.Type("\x1b[C\r")
}

// TestFacesOnTerminal goes from the full screen to lines of text and back, and logs in on the way. It checks that each face sets up the
// terminal for itself, and that the end leaves nothing of the visit.
func TestFacesOnTerminal(t *testing.T) {
	t.Parallel()
	p := driver.StartOnTerminal(t, "kiosk", "TERM=xterm-256color")
	p.AwaitText(atHome)
	p.Type("2")
	p.AwaitText("Wachtwoord vergeten")
	p.Type("anouktan")
	p.AwaitText("tan")
	goesToLines(p)
	if left := p.AwaitText("Je bezoek gaat hier verder"); !strings.Contains(left, "\x1b[?1049l") || !strings.Contains(left, "\x1b[3J") {
		t.Errorf("the full screen is left by %q", left)
	}
	p.AwaitText("Nu staat er: anouktan.")
	p.AwaitText("Gebruikersnaam: ")
	if !p.IsEchoing() {
		t.Error("what is typed does not show")
	}
	p.Type("\n")
	p.AwaitText("Wachtwoord: ")
	if p.IsEchoing() {
		t.Error("the terminal would show a password")
	}
	p.Type("Kruimeltje12\n")
	p.AwaitText("Kies een nummer: ")
	p.Type("/scherm\n")
	if left := p.AwaitText("\x1b[?1049h"); !strings.Contains(left, "\x1b[2J") || !strings.Contains(left, "\x1b[3J") {
		t.Errorf("the lines are left by %q", left)
	}
	p.AwaitText("A. Tan")
	if p.IsEchoing() {
		t.Error("keys show on the full screen")
	}
	p.Type("\x03")
	p.AwaitText("Loket stoppen?")
	p.Type("\x1b[C\r")
	if end := p.AwaitExit(); !strings.Contains(end, "\x1b[?1049l") || !p.IsEchoing() {
		t.Errorf("in the end %q", end)
	}
}

// TestIdleAfterLines checks that a walk-in kiosk shows its attract screen when a visit ends by idleness while the kiosk waits for a line,
// that nothing of the visit is left, and that the next visitor's keys count.
func TestIdleAfterLines(t *testing.T) {
	t.Parallel()
	p := kiosk(t, "xterm-256color", " --set-idle-before 1s")
	p.AwaitText(attracts)
	p.TypeUntil("x", atHome, 50*time.Millisecond) // For a moment, the kiosk ignores earlier input.
	goesToLines(p)
	p.AwaitText("Kies een nummer: ")
	p.Type("\n") // After this, the kiosk counts only the words of the problem, which are soon read out.
	p.AwaitText("Kies een nummer uit de lijst.")
	p.AwaitText("Kies een nummer: ")
	if left := p.AwaitText(attracts); !strings.Contains(left, "\x1b[2J") || !strings.Contains(left, "\x1b[3J") {
		t.Errorf("the lines are left by %q", left)
	}
	p.TypeUntil("x", atHome, 100*time.Millisecond) // After a timeout, the kiosk ignores input for a while.
	p.Signal(syscall.SIGTERM)
	p.AwaitText("This desk is closed now.")
	p.AwaitExit()
}

// TestClosedAtLines checks what a walk-in kiosk leaves on its terminal if it is stopped while a visitor reads lines: only that it is
// closed.
func TestClosedAtLines(t *testing.T) {
	t.Parallel()
	p := kiosk(t, "xterm-256color", "")
	p.AwaitText(attracts)
	p.TypeUntil("x", atHome, 50*time.Millisecond)
	goesToLines(p)
	p.AwaitText("Kies een nummer: ")
	for _, key := range stoppingKeys {
		p.Type(key + "\n")
		p.AwaitText("Kies een nummer: ")
	}
	p.Signal(syscall.SIGTERM)
	end := p.AwaitText("This desk is closed now.") + p.AwaitExit()
	_, end, _ = strings.Cut(end, "\x1b[3J")
	if !strings.Contains(end, "Dit loket is nu gesloten.") || strings.Contains(end, "Kies een nummer") {
		t.Errorf("in the end %q", end)
	}
}

// TestNothingLeftOfLines checks that a demo that began on the full screen leaves nothing of a visit if it is stopped among lines of text,
// and that arrow keys are no part of an answer.
func TestNothingLeftOfLines(t *testing.T) {
	t.Parallel()
	p := driver.StartOnTerminal(t, "kiosk", "TERM=xterm-256color")
	p.AwaitText(atHome)
	goesToLines(p)
	p.AwaitText("Kies een nummer: ")
	p.Type("2\n")
	p.AwaitText("Gebruikersnaam: ")
	p.Type("\x1b[Aanouk\x1b[D\x1bOCtan\x1b[24~\n")
	p.AwaitText("Wachtwoord: ")
	p.Type("Kruimel\x1b[Dtje12\n")
	p.AwaitText(" A. Tan") // The words before the name depend on the hour.
	p.AwaitText("Kies een nummer: ")
	p.Type("/stop\n")
	p.AwaitText("Het loket is gestopt.")
	if end := p.AwaitExit(); !strings.Contains(end, "\x1b[2J") || !strings.Contains(end, "\x1b[3J") {
		t.Errorf("in the end %q", end)
	}
}

// TestLinesToScreen begins with lines of text, goes to the full screen, and ends the visit there: the next visit begins with lines.
func TestLinesToScreen(t *testing.T) {
	t.Parallel()
	p := driver.StartOnTerminal(t, "--plain --lang en", "TERM=xterm-256color")
	p.AwaitText("Choose a number: ")
	p.Type("2\n")
	p.AwaitText("Username: ")
	p.Type("anouktan\n")
	p.AwaitText("Password: ")
	p.Type("Kruimeltje12\n")
	p.AwaitText("Choose a number: ")
	p.Type("/screen\n")
	p.AwaitText("A. Tan")
	p.Type("\x18") // Ctrl+X logs out.
	p.AwaitText("You are logged out. Goodbye!")
	if said := p.AwaitText("Choose a number: "); !strings.Contains(said, "mijn.nn Self-service desk") || strings.Contains(said, "Tan") {
		t.Errorf("the next visitor reads %q", said)
	}
	p.Type("/stop\n")
	p.AwaitText("The desk has stopped.")
	p.AwaitExit()
}
