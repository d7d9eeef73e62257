package terminal

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"loket/ui/command"
	"loket/ui/e2e/driver"
	"loket/ui/exitcode"
	"loket/ui/theme"
)

const (
	attracts = "any key to begin"
	atHome   = "Waarmee kunnen we je helpen?"
)

// kiosk starts a walk-in kiosk in full screen.
func kiosk(t *testing.T, term, args string, variables ...string) *driver.Terminal {
	t.Helper()
	return driver.StartOnTerminal(t, "kiosk --kiosk --db "+withCustomers(t)+args, append(variables, "TERM="+term)...)
}

// TestNobodyStopsIt presses and pastes the keys that end other programs, starting before the desk has set up the terminal, and
// sends the signals that keys can send.
func TestNobodyStopsIt(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "log")
	if err := unix.Mkfifo(log, 0o600); err != nil { // The desk waits at this pipe for a reader.
		t.Fatal(err)
	}
	p := kiosk(t, "xterm-256color", " --log "+log)
	p.AwaitIgnoredSignals(syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTSTP)
	p.Type("\x03\x1c\x1a")
	reads, err := os.OpenFile(log, os.O_RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer reads.Close()
	p.AwaitText(attracts)
	for _, sent := range []string{
		"\x03\x1c\x1a\x04\x13\x11", "\x1b[[A\x1b[[B\x1b[[E", "\x1bP1;2\x1b]0;x\x1b_y\x1b^z", "\x9bMxx\x90\x9d\x9b", "\x1b[8;1;1t\x1b[48;1;1;1;1t",
		"\x1b[27;7;99~\x1b[99;7u\x1b\x03", "\x1b[I\x1b[O\x1b[<0;4;5M", "\x1b[200~a\x1b[201~\x03\x1b[200~never ends",
	} {
		p.Type(sent)
	}
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTSTP} {
		p.Signal(s)
	}
	// An unfinished control sequence is dropped after a second without input. Then Ctrl+L works, and the footer offers the way
	// back.
	p.TypeUntil("\x0c", "Nederlands", 1100*time.Millisecond)
	p.Signal(syscall.SIGTERM)
	p.AwaitText("This desk is closed now.")
	p.AwaitExit()
}

// TestClosed checks what a walk-in kiosk leaves on a terminal: the terminal's own colours if it is a Linux console, and only
// the text that the desk is closed.
func TestClosed(t *testing.T) {
	t.Parallel()
	for term, console := range map[string]bool{"linux": true, "xterm-256color": false} {
		p := kiosk(t, term, "")
		if begun := p.AwaitText(attracts); strings.Contains(begun, theme.SetPaletteSequence) != console {
			t.Errorf("%s: %q", term, begun)
		}
		if p.IsEchoing() {
			t.Error("keys would be shown")
		}
		p.TypeUntil("x", atHome, 50*time.Millisecond) // For a moment, the kiosk ignores earlier input.
		p.Signal(syscall.SIGTERM)
		seen := p.AwaitText("\x1b[?1049l")
		seen += p.AwaitText("This desk is closed now.")
		seen += p.AwaitExit()
		if !p.IsEchoing() {
			t.Errorf("%s: keys are no longer shown", term)
		}
		_, end, _ := strings.Cut(seen, "\x1b[?1049l")
		if strings.Contains(end, theme.ResetPaletteSequence) != console {
			t.Errorf("%s: in the end %q", term, end)
		}
		for _, want := range []string{"\x1b[2J", "\x1b[3J", "\x1b[?25h", "Dit loket is nu gesloten."} {
			if !strings.Contains(end, want) {
				t.Errorf("%s: no %q in the end, in %q", term, want, end)
			}
		}
		if strings.Contains(end, atHome) {
			t.Errorf("%s: in the end %q", term, end)
		}
	}
}

// TestDeathIsNotSeen kills the program as a fatal error of the Go runtime does. It checks that nothing about this appears on
// the terminal.
func TestDeathIsNotSeen(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "log")
	for _, args := range []string{"", " --log " + log, " --plain --log " + log} {
		ready := attracts
		if strings.Contains(args, "plain") {
			ready = "Kies een nummer: "
		}
		p := kiosk(t, "xterm-256color", args)
		p.AwaitText(ready)
		p.Signal(syscall.SIGABRT)
		seen := p.ReadToEnd()
		if err := p.Cmd.Wait(); err == nil {
			t.Error("it lives on")
		}
		if strings.Contains(seen, "goroutine") || strings.Contains(seen, "SIGABRT") {
			t.Errorf("%s: %s", args, seen)
		}
	}
	if told, err := os.ReadFile(log); err != nil || bytes.Count(told, []byte("SIGABRT")) != 2 {
		t.Errorf("log: %s, %v", told, err)
	}
}

// TestHangUp checks that a kiosk ends when its terminal is gone.
func TestHangUp(t *testing.T) {
	t.Parallel()
	p := kiosk(t, "xterm-256color", "")
	p.AwaitText(attracts)
	if err := p.File.Close(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.Cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Error("it goes on without a terminal")
	}
}

// TestNoDemoForWalkIn checks that customers never get a demo.
func TestNoDemoForWalkIn(t *testing.T) {
	var out, err bytes.Buffer
	code := command.Main(t.Context(), []string{"kiosk", "--kiosk"}, os.Stdin, &out, &err)
	if code != exitcode.WrongUsage || err.String() != "loket: --kiosk is for real customers: say with --db which database\n" {
		t.Errorf("exit code %d, said %q", code, err.String())
	}
}

// TestService checks the notifications to systemd: that the desk is open, after the screen is visible, then that it is alive,
// and at the end that it is stopping.
func TestService(t *testing.T) {
	t.Parallel()
	for _, face := range []string{"", " --plain"} {
		socket := filepath.Join(t.TempDir(), "notify")
		listens, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
		if err != nil {
			t.Fatal(err)
		}
		defer listens.Close()
		if err := listens.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		p := kiosk(t, "xterm-256color", face, "NOTIFY_SOCKET="+socket, "WATCHDOG_USEC=500000")
		hears := func() string {
			var said [64]byte
			n, err := listens.Read(said[:])
			if err != nil {
				t.Fatal(err)
			}
			return string(said[:n])
		}
		for _, want := range []string{"READY=1", "WATCHDOG=1", "WATCHDOG=1"} {
			if said := hears(); said != want {
				t.Errorf("kiosk%s says %q, not %q", face, said, want)
			}
		}
		p.AwaitText("2")
		p.Signal(syscall.SIGTERM)
		for said := hears(); said != "STOPPING=1"; said = hears() {
			if said != "WATCHDOG=1" {
				t.Errorf("kiosk%s says %q", face, said)
			}
		}
		p.AwaitExit()
	}
}
