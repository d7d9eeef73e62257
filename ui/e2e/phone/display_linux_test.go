package phone

import (
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"loket/ui/e2e/driver"
	"loket/ui/theme"
)

// A display is a terminal of 80 by 24 on which a program runs, with somebody who
// looks at what is drawn there.
type display struct {
	*driver.Terminal
	glass *vt.SafeEmulator
	drawn chan struct{} // has one if something was drawn since the last look
	ended chan struct{} // closed when nothing more will be
}

// onDisplay starts the program on a display.
func onDisplay(t *testing.T, program string, args ...string) *display {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=", "TMPDIR="+t.TempDir())
	d := &display{Terminal: driver.Start(t, cmd), glass: vt.NewSafeEmulator(80, 24), drawn: make(chan struct{}, 1), ended: make(chan struct{})}
	go io.Copy(d.File, d.glass) // what the terminal answers
	go d.draws()
	t.Cleanup(func() {
		d.Cmd.Process.Kill()
		d.File.Close()
		<-d.ended
		d.glass.InputPipe().(io.Closer).Close()
	})
	return d
}

// draws draws what the program writes, until it ends.
func (d *display) draws() {
	defer close(d.ended)
	for chunk := make([]byte, 4096); ; {
		n, err := d.File.Read(chunk)
		d.glass.Write(chunk[:n])
		select {
		case d.drawn <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// screen is what is to be seen.
func (d *display) screen() string { return ansi.Strip(d.glass.Render()) }

// looks waits until what is to be seen is as it must be.
func (d *display) looks(as string, is func(screen string) bool) {
	d.Helper()
	for late := time.After(driver.WaitLimit); !is(d.screen()); {
		select {
		case <-d.drawn:
		case <-late:
			d.Fatalf("%s: that is not to be seen on\n%s", as, d.screen())
		}
	}
}

func (d *display) sees(text string) {
	d.Helper()
	d.looks(text, func(screen string) bool { return strings.Contains(screen, text) })
}

// reads waits for what a pattern finds, and returns its first group.
func (d *display) reads(pattern string) (found string) {
	d.Helper()
	like := regexp.MustCompile(pattern)
	d.looks(pattern, func(screen string) bool {
		m := like.FindStringSubmatch(screen)
		if m != nil {
			found = m[1]
		}
		return m != nil
	})
	return found
}

// chooses presses the digit of something in a menu.
func (d *display) chooses(name string) {
	d.Helper()
	d.Type(d.reads(`(?m)^ *▶? *(\d)  ` + regexp.QuoteMeta(name) + `(?:  |$)`))
}

// shows reports whether a number is to be seen, as large as there is room for.
func (d *display) shows(number string) bool {
	screen := strings.Split(d.screen(), "\n")
	return stands(screen, theme.HugeFigures(number)) || stands(screen, theme.Theme{}.LargeFigures(number))
}

// stands reports whether lines stand somewhere on a screen, one below the other.
func stands(screen, lines []string) bool {
	for y := range len(screen) - len(lines) + 1 {
		row := []rune(screen[y])
		for x := range row {
			if standsAt(screen[y:], x, lines) {
				return true
			}
		}
	}
	return false
}

func standsAt(screen []string, x int, lines []string) bool {
	for i, line := range lines {
		row, want := []rune(screen[i]+strings.Repeat(" ", 80)), []rune(line)
		if x+len(want) > len(row) || string(row[x:x+len(want)]) != string(want) {
			return false
		}
	}
	return true
}

// closes ends the program as systemd does.
func (d *display) closes() {
	d.Helper()
	d.Signal(syscall.SIGTERM)
	select {
	case <-d.ended:
	case <-time.After(driver.WaitLimit):
		d.Fatal("it does not stop")
	}
	if err := d.Cmd.Wait(); err != nil {
		d.Error(err)
	}
}
