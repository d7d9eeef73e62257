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

// A display is a terminal of 80 by 24 on which a program runs, with an emulator that draws its output.
type display struct {
	*driver.Terminal
	glass *vt.SafeEmulator
	drawn chan struct{} // drawn receives a value when something was drawn after the last look.
	ended chan struct{} // ended is closed when nothing more will be drawn.
}

// onDisplay starts the program on a display.
func onDisplay(t *testing.T, program string, args ...string) *display {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=", "TMPDIR="+t.TempDir())
	d := &display{Terminal: driver.Start(t, cmd), glass: vt.NewSafeEmulator(80, 24), drawn: make(chan struct{}, 1), ended: make(chan struct{})}
	go io.Copy(d.File, d.glass) // Send the replies of the terminal to the program.
	go d.draws()
	t.Cleanup(func() {
		d.Cmd.Process.Kill()
		d.File.Close()
		<-d.ended
		d.glass.InputPipe().(io.Closer).Close()
	})
	return d
}

// draws draws the output of the program, until the program ends.
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

// screen returns the visible text.
func (d *display) screen() string { return ansi.Strip(d.glass.Render()) }

// looks waits until the screen satisfies a condition.
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

// reads waits until the screen matches a pattern, and returns the first group of the match.
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

// chooses presses the digit of an item in a menu.
func (d *display) chooses(name string) {
	d.Helper()
	d.Type(d.reads(`(?m)^ *▶? *(\d)  ` + regexp.QuoteMeta(name) + `(?:  |$)`))
}

// shows reports whether a number is visible, in the largest figures for which there is room.
func (d *display) shows(number string) bool {
	screen := strings.Split(d.screen(), "\n")
	return stands(screen, theme.DrawHugeFigures(number)) || stands(screen, theme.Theme{}.DrawLargeFigures(number))
}

// stands reports whether lines are on a screen, one directly below the other.
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

// closes ends the program in the same way as systemd does.
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
