package driver

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// WaitLimit is how long a test waits for output before it fails. It is long enough for a busy machine.
const WaitLimit = 30 * time.Second

// A Terminal is a terminal of 80 by 24 cells with a program that runs on it.
type Terminal struct {
	*testing.T
	File   *os.File // File writes to the program's input and reads its output.
	Cmd    *exec.Cmd
	unread bytes.Buffer // unread is output of the program that AwaitText has not returned yet.
}

// StartOnTerminal starts the binary of the test as the program, on a terminal. variables are added to its environment, in the form
// "NAME=value".
func StartOnTerminal(t *testing.T, args string, variables ...string) *Terminal {
	t.Helper()
	cmd, _ := ProgramCommand(t, args)
	cmd.Env = append(cmd.Env, variables...)
	// The library by which Bubble Tea reads a terminal races with the closing of its file at
	// the end. The race detector reports that.
	cmd.Env = append(cmd.Env, "GORACE=exitcode=0")
	return Start(t, cmd)
}

// Start starts a command on a terminal.
func Start(t *testing.T, cmd *exec.Cmd) *Terminal {
	t.Helper()
	ptmx, pts := Pseudoterminal(t)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = pts, pts, pts
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pts.Close()
	t.Cleanup(func() {
		cmd.Process.Kill()
		ptmx.Close()
	})
	return &Terminal{T: t, File: ptmx, Cmd: cmd}
}

// AwaitText waits until text is shown, and returns all new output up to and including it.
func (p *Terminal) AwaitText(text string) string {
	p.Helper()
	shown, err := p.readUntil(text, time.Now().Add(WaitLimit))
	if err != nil {
		p.Fatalf("%v before %q in %q", err, text, p.unread.String())
	}
	return shown
}

// TypeUntil types keys, and types them again after each pause, until text is shown. It returns
// all new output up to and including text.
func (p *Terminal) TypeUntil(keys, text string, retryAfter time.Duration) string {
	p.Helper()
	for deadline := time.Now().Add(WaitLimit); ; {
		p.Type(keys)
		shown, err := p.readUntil(text, time.Now().Add(retryAfter))
		if err == nil {
			return shown
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) || time.Now().After(deadline) {
			p.Fatalf("%v before %q in %q", err, text, p.unread.String())
		}
	}
}

// readUntil reads until text is shown, or until a deadline. It returns all new output up to and
// including text.
func (p *Terminal) readUntil(text string, deadline time.Time) (string, error) {
	if err := p.File.SetReadDeadline(deadline); err != nil {
		return "", err
	}
	for chunk := make([]byte, 4096); !strings.Contains(p.unread.String(), text); {
		n, err := p.File.Read(chunk)
		if err != nil {
			return "", err
		}
		p.unread.Write(chunk[:n])
	}
	at := strings.Index(p.unread.String(), text)
	return string(p.unread.Next(at + len(text))), nil
}

// Type types keys.
func (p *Terminal) Type(keys string) {
	p.Helper()
	if _, err := p.File.WriteString(keys); err != nil {
		p.Fatal(err)
	}
}

// Signal sends the program a signal.
func (p *Terminal) Signal(s syscall.Signal) {
	p.Helper()
	if err := p.Cmd.Process.Signal(s); err != nil {
		p.Fatal(err)
	}
}

// ReadToEnd waits until the program has closed the terminal, and returns all new output.
func (p *Terminal) ReadToEnd() string {
	p.Helper()
	if err := p.File.SetReadDeadline(time.Now().Add(WaitLimit)); err != nil {
		p.Fatal(err)
	}
	if _, err := p.unread.ReadFrom(p.File); errors.Is(err, os.ErrDeadlineExceeded) { // any other error is the end of the output
		p.Errorf("%v before it ends, after %q", err, p.unread.String())
	}
	return p.unread.String()
}

// AwaitExit waits until the program has ended, and returns all new output. A failure of the
// program fails the test.
func (p *Terminal) AwaitExit() string {
	p.Helper()
	rest := p.ReadToEnd()
	if err := p.Cmd.Wait(); err != nil {
		p.Error(err)
	}
	return rest
}

// IsEchoing reports whether the terminal shows typed characters.
func (p *Terminal) IsEchoing() bool {
	p.Helper()
	state, err := unix.IoctlGetTermios(int(p.File.Fd()), unix.TCGETS)
	if err == nil {
		err = unix.SetNonblock(int(p.File.Fd()), true) // Calling Fd has made the file blocking.
	}
	if err != nil {
		p.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// AwaitIgnoredSignals waits until the program ignores signals.
func (p *Terminal) AwaitIgnoredSignals(all ...syscall.Signal) {
	p.Helper()
	var want uint64
	for _, s := range all {
		want |= 1 << (s - 1)
	}
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for timeout := time.After(WaitLimit); ; {
		ignored := p.ignoredSignals()
		if ignored&want == want {
			return
		}
		select {
		case <-ticker.C:
		case <-timeout:
			p.Fatalf("it ignores %x, not %x", ignored, want)
		}
	}
}

// ignoredSignals returns the signals that the program ignores, as a bit mask
// (proc_pid_status(5)).
func (p *Terminal) ignoredSignals() uint64 {
	p.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Cmd.Process.Pid))
	if err != nil {
		p.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "SigIgn:\t")
	mask, err := strconv.ParseUint(rest[:16], 16, 64)
	if err != nil {
		p.Fatal(err)
	}
	return mask
}

// Pseudoterminal returns both ends of a pseudoterminal of 80 by 24 cells.
func Pseudoterminal(t testing.TB) (ptmx, pts *os.File) {
	t.Helper()
	ptmx, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	fd := int(ptmx.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetUint32(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.SetNonblock(fd, true); err != nil { // Calling Fd has made the file blocking.
		t.Fatal(err)
	}
	pts, err = os.OpenFile("/dev/pts/"+strconv.Itoa(int(n)), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(fmt.Errorf("open terminal: %w", err))
	}
	if err := unix.IoctlSetWinsize(int(pts.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}); err != nil {
		t.Fatal(err)
	}
	return ptmx, pts
}
