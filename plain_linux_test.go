package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"loket/flows/clock"
	"loket/ui/command"
	"loket/ui/exitcode"
)

// typist is somebody at a terminal on which a program runs.
type typist struct {
	*testing.T
	terminal *os.File
	cmd      *exec.Cmd
	seen     bytes.Buffer // since the last look
}

// atTerminal starts a program on a terminal of its own.
func atTerminal(t *testing.T, args string) *typist {
	t.Helper()
	cmd, _ := program(t, args)
	// The library that Bubble Tea reads a terminal with looks at its file while that
	// is being closed, when all is over. With the race detector that is told of.
	cmd.Env = append(cmd.Env, "GORACE=exitcode=0")
	p := starts(t, cmd)
	p.within(30 * time.Second)
	return p
}

// starts starts a command on a terminal of its own.
func starts(t *testing.T, cmd *exec.Cmd) *typist {
	t.Helper()
	ours, theirs := pseudoterminal(t)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, theirs, theirs
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	t.Cleanup(func() {
		cmd.Process.Kill()
		ours.Close()
	})
	return &typist{T: t, terminal: ours, cmd: cmd}
}

// until looks until something is to be seen, and gives all that was until then.
func (p *typist) until(text string) string {
	p.Helper()
	for chunk := make([]byte, 4096); !strings.Contains(p.seen.String(), text); {
		n, err := p.terminal.Read(chunk)
		if err != nil {
			p.Fatalf("%v before %q in %q", err, text, p.seen.String())
		}
		p.seen.Write(chunk[:n])
	}
	at := strings.Index(p.seen.String(), text)
	return string(p.seen.Next(at + len(text)))
}

// within bounds how long somebody looks.
func (p *typist) within(patience time.Duration) {
	p.Helper()
	if err := p.terminal.SetReadDeadline(time.Now().Add(patience)); err != nil {
		p.Fatal(err)
	}
}

func (p *typist) types(keys string) {
	p.Helper()
	if _, err := p.terminal.WriteString(keys); err != nil {
		p.Fatal(err)
	}
}

// ends waits until the program has, and gives all that was still to be seen.
func (p *typist) ends() string {
	p.Helper()
	_, _ = p.seen.ReadFrom(p.terminal) // its end is an error
	if err := p.cmd.Wait(); err != nil {
		p.Error(err)
	}
	return p.seen.String()
}

// echoes tells whether the terminal shows what is typed.
func (p *typist) echoes() bool {
	p.Helper()
	state, err := unix.IoctlGetTermios(int(p.terminal.Fd()), unix.TCGETS)
	if err == nil {
		err = unix.SetNonblock(int(p.terminal.Fd()), true) // Fd made it blocking
	}
	if err != nil {
		p.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// TestSecretIsNotSeen logs in at a terminal, where what is typed is to be seen
// but for the password, and nothing but text is written.
func TestSecretIsNotSeen(t *testing.T) {
	p := atTerminal(t, "--plain")
	seen := p.until("Kies een nummer: ")
	p.types("2\n")
	seen += p.until("Gebruikersnaam: ")
	p.types("mjvanderzwan\n")
	seen += p.until("Wachtwoord: ")
	if p.echoes() {
		t.Error("the terminal would show a password")
	}
	p.types("Duinpan44geel\n")
	seen += p.until("Kies een nummer: ")
	if !p.echoes() {
		t.Error("the terminal no longer shows what is typed")
	}
	p.types("/stop\n")
	seen += p.ends()
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

// TestInterrupted presses Ctrl+C while a password is asked for.
func TestInterrupted(t *testing.T) {
	p := atTerminal(t, "--plain --lang en")
	p.until("Choose a number: ")
	p.types("2\n")
	p.until("Username: ")
	p.types("mjvanderzwan\n")
	p.until("Password: ")
	p.types("\x03")
	p.until("The desk has stopped.")
	if !p.echoes() {
		t.Error("the terminal is left without showing what is typed")
	}
	p.ends()
}

// TestDumbTerminal holds that a terminal that can draw nothing is written to line
// by line without anybody asking for it.
func TestDumbTerminal(t *testing.T) {
	for _, term := range []string{"dumb", ""} {
		t.Setenv("TERM", term)
		p := atTerminal(t, "kiosk")
		if seen := p.until("Kies een nummer: "); strings.Contains(seen, "\x1b") {
			t.Errorf("seen %q", seen)
		}
		p.types("\x04") // Ctrl+D, at which there are no more lines
		p.ends()
	}
}

// walkIn starts a desk at which customers walk in, line by line.
func walkIn(t *testing.T, args string) *typist {
	t.Helper()
	return atTerminal(t, "kiosk --plain --kiosk --db "+withCustomers(t)+args)
}

// withCustomers is a database with a few customers in it.
func withCustomers(t *testing.T) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "desk.db")
	file := filepath.Join(t.TempDir(), "sample.jsonl")
	into, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer into.Close()
	for _, args := range []string{"sample --customers 2", "import --db " + db + " " + file} {
		if code := run(t.Context(), strings.Fields(args), &command.Console{Out: into, Err: &bytes.Buffer{}, Clock: clock.New()}); code != exitcode.Done {
			t.Fatal(args)
		}
	}
	return db
}

// stops ends a desk at which customers walk in, and gives what was still to be seen.
func (p *typist) stops() string {
	p.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.Fatal(err)
	}
	return p.until("Het loket is gestopt.") + p.ends()
}

// TestKeysDoNotStopWalkIn presses what stops other programs.
func TestKeysDoNotStopWalkIn(t *testing.T) {
	p := walkIn(t, "")
	p.until("Kies een nummer: ")
	for _, key := range []string{"\x03", "\x1c", "\x1a"} {
		p.types(key + "\n")
		p.until("Kies een nummer: ")
	}
	p.types("/stop\n")
	p.until("Waarmee kunnen we je helpen?")
	p.stops()
}

// TestHalfTypedIsForgotten leaves in the middle of a password, and looks as the
// next visitor for what is left of it, which would choose something from the menu.
func TestHalfTypedIsForgotten(t *testing.T) {
	const half, endOfInput, showAgain = "00004", "\x04", "\x12"
	for name, test := range map[string]struct{ first, next string }{
		"on the line":   {half, "\n"},
		"handed over":   {half + endOfInput, "\n"},
		"of both sorts": {half + endOfInput + half, "\n"},
		"shown again":   {half, showAgain + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := walkIn(t, " --set-idle-before=1s --set-idle-warned=1s")
			p.until("Kies een nummer: ")
			p.types("2\n")
			p.until("Gebruikersnaam: ")
			p.types("mjvanderzwan\n")
			p.until("Wachtwoord: ")
			p.types(test.first)
			p.until("Kies een nummer: ")
			p.types(test.next)
			seen := p.until("Fout: Kies een nummer uit de lijst.") + p.until("Kies een nummer: ")
			p.types("2\n")
			seen += p.until("Gebruikersnaam: ") + p.stops()
			if strings.Contains(seen, half) {
				t.Errorf("the next one sees %q", seen)
			}
		})
	}
}
