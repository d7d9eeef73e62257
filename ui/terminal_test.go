package ui

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"loket/flows/desk"
	"loket/store"
	"loket/store/auditlog"
	"loket/ui/screen/screentest"
)

func TestMain(m *testing.M) {
	// The first call starts a goroutine that never ends, which must not be in the synctest bubble of a test.
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	signal.Stop(c)
	os.Exit(m.Run())
}

// emulated is a kiosk that runs on an emulated terminal.
type emulated struct {
	*testing.T
	desk  *desk.Desk
	glass *vt.SafeEmulator
	wrote *recorder // wrote has everything that was written to the terminal.
	keys  *io.PipeWriter
	stop  context.CancelFunc
	ended chan error
}

// recorder records what is written.
type recorder struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (r *recorder) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all.Write(b)
}

func (r *recorder) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all.String()
}

func (r *recorder) has(s string) bool { return strings.Contains(r.String(), s) }

// onTerminal runs a test of the whole program on an emulated terminal.
func onTerminal(t *testing.T, o Options, test func(*emulated)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		input, keys := io.Pipe()
		e := &emulated{T: t, desk: screentest.NewDesk(t), glass: vt.NewSafeEmulator(80, 24), wrote: &recorder{}, keys: keys, ended: make(chan error, 1)}
		io.WriteString(e.glass, "\x1b[20h") // Without a tty, a line feed must also return to the first column.
		go io.Copy(io.Discard, e.glass)     // Discard the terminal's replies to queries.
		ctx, stop := context.WithCancel(t.Context())
		e.stop = stop
		both := io.MultiWriter(e.glass, e.wrote)
		if o.Terminal != nil {
			o.Terminal.In, o.Terminal.Out = input, both
		}
		go func() {
			e.ended <- Run(ctx, e.desk, o, onlyIf(o.Terminal == nil, tea.WithInput(input)), onlyIf(o.Terminal == nil, tea.WithOutput(both)),
				tea.WithWindowSize(80, 24), tea.WithColorProfile(colorprofile.ANSI), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
		}()
		e.settles()
		test(e)
		stop()
		keys.Close()
		time.Sleep(2 * time.Second) // Wait for the ticks that Bubble Tea leaves behind.
		e.glass.InputPipe().(io.Closer).Close()
	})
}

// onlyIf returns an option if so is true, and otherwise an option that does nothing.
func onlyIf(so bool, option tea.ProgramOption) tea.ProgramOption {
	if so {
		return option
	}
	return func(*tea.Program) {}
}

// settles waits until all pending work is done and drawn, except work that takes time. After a single Esc, Bubble Tea waits 50
// ms for more input.
func (e *emulated) settles() {
	time.Sleep(50*time.Millisecond + 5*time.Second/framesPerSecond)
	synctest.Wait()
}

// sends sends bytes as a keyboard does.
func (e *emulated) sends(all ...string) {
	for _, bytes := range all {
		io.WriteString(e.keys, bytes)
		e.settles()
	}
}

func (e *emulated) screen() string { return ansi.Strip(e.glass.Render()) }

func (e *emulated) sees(texts ...string) {
	e.Helper()
	checkSeen(e.T, e.screen(), true, texts)
}

func (e *emulated) seesNo(texts ...string) {
	e.Helper()
	checkSeen(e.T, e.screen(), false, texts)
}

const (
	enter, escape       = "\r", "\x1b"
	ctrlC, ctrlL, ctrlZ = "\x03", "\x0c", "\x1a"
)

// TestProgram goes from the first screen to the end of a flow.
func TestProgram(t *testing.T) {
	onTerminal(t, Options{}, func(e *emulated) {
		e.sees("Waarmee kunnen we je helpen?", "zondag 22 november 2026  14:07")
		e.sends("2", "csmit80", "\t")
		e.sends(ctrlL, "Sterk-wacht1")
		e.sees("Log in", "[ csmit80 ")
		e.seesNo("Sterk")
		e.sends(enter)
		e.sees("Internetsparen")
		e.sends(escape)
		e.sees("What would you like to do?")
		e.sends("6")
		e.sees("Je bent uitgelogd.", "Waarmee kunnen we je helpen?")
		if !e.wrote.has(ansi.EraseDisplay(3)) {
			t.Error("what the terminal remembers was not erased")
		}
	})
}

// TestIdleProgram checks that a visit without any input ends.
func TestIdleProgram(t *testing.T) {
	onTerminal(t, Options{}, func(e *emulated) {
		e.sends("1", "481620")
		time.Sleep(62 * time.Second)
		e.sees("Ben je er nog?")
		e.sends(" ")
		e.sees("[ 481620 ")
		e.seesNo("Ben je er nog?")
		time.Sleep(92 * time.Second)
		e.sees("Waarmee kunnen we je helpen?")
		e.seesNo("481620")
		if !e.wrote.has(ansi.EraseDisplay(3)) {
			t.Error("what the terminal remembers was not erased")
		}
	})
}

// TestBusyProgram checks that a visitor is asked to wait during a long submit (R17), and that pressing Enter twice submits
// only once.
func TestBusyProgram(t *testing.T) {
	onTerminal(t, Options{}, func(e *emulated) {
		hasher := e.desk.Hasher.(*screentest.FakeHasher)
		hasher.MatchTime = 2 * time.Second
		e.sends("2", "csmit80\tSterk-wacht1")
		io.WriteString(e.keys, enter+enter+"x"+enter)
		e.settles()
		e.seesNo("Een ogenblik")
		e.sends(enter)
		e.sees("Een ogenblik", "[ •••••••••••• ")
		e.sends(ctrlL)
		e.sees("One moment")
		time.Sleep(2 * time.Second)
		e.settles()
		e.sees("Internetsparen")
		if n := hasher.HashCount.Load(); n != 1 {
			t.Errorf("%d submits", n)
		}
	})
}

// TestPasteProgram checks that a bracketed paste types text without submitting the form.
func TestPasteProgram(t *testing.T) {
	onTerminal(t, Options{}, func(e *emulated) {
		e.sends("1", "\x1b[200~4816 2095\r\n7733\x1b[201~")
		e.sees("[ 4816 2095 7733 ", "▶ Activatienummer")
	})
}

// TestConsoleKeys checks that F1 to F6 of a Linux console work, or at least type nothing.
func TestConsoleKeys(t *testing.T) {
	onTerminal(t, Options{}, func(e *emulated) {
		e.sends("2", "\x1b[[E", "\x1b[[E", "A", "\x1b[[E")
		e.sees("[ A  ")
		e.sends("\x1b[[A") // This is the key F1 on a Linux console.
		e.sees("Hulp")
		e.sends("\x1b[17~") // This is the key F6 on a Linux console.
		e.sees("Help")
	})
}

// TestKeepsRunning checks that the keys that stop other programs do not stop a walk-in kiosk, and
// that the keyboard can stop any other kiosk.
func TestKeepsRunning(t *testing.T) {
	onTerminal(t, Options{WalkIn: true}, func(e *emulated) {
		e.sends(enter, ctrlC, ctrlZ, "\x1c", "\x11", "\x13", "q", enter)
		e.sees("Activatienummer")
		select {
		case err := <-e.ended:
			t.Fatalf("ended: %v", err)
		default:
		}
	})
	onTerminal(t, Options{}, func(e *emulated) {
		e.sends("2", "csmit80", ctrlC)
		e.sees("Loket stoppen?")
		e.sends(escape)
		e.sees("[ csmit80 ")
		e.sends(ctrlC, "\x1b[C", enter)
		if err := <-e.ended; err != nil {
			t.Error(err)
		}
	})
}

// TestTerminalIsLeft checks that the terminal is restored, however the kiosk ends.
func TestTerminalIsLeft(t *testing.T) {
	onTerminal(t, Options{}, func(e *emulated) {
		if !e.glass.IsAltScreen() {
			t.Error("not on the alternate screen")
		}
		e.sends("2", "csmit80")
		e.stop()
		if err := <-e.ended; err != nil {
			t.Error(err)
		}
		if e.glass.IsAltScreen() {
			t.Error("left on the alternate screen")
		}
		e.seesNo("csmit80")
	})
}

// TestDisconnected checks that the audit log records that a customer was disconnected, also during a submit.
func TestDisconnected(t *testing.T) {
	for takes, want := range map[time.Duration]string{0: "terminal gone", time.Minute: ""} {
		onTerminal(t, Options{}, func(e *emulated) {
			e.desk.Hasher.(*screentest.FakeHasher).MatchTime = takes
			e.sends("2", "csmit80\tSterk-wacht1", enter)
			e.stop()
			if err := <-e.ended; err != nil {
				t.Error(err)
			}
			left := ""
			err := e.desk.Store.View(context.WithoutCancel(t.Context()), func(tx *store.Tx) error {
				for entry := range auditlog.AllEntries(tx) {
					if entry.Flow == "visit" {
						left = entry.Outcome
					}
				}
				return nil
			})
			if err != nil || left != want {
				t.Errorf("after %v: left as %q, %v; want %q", takes, left, err, want)
			}
		})
	}
}
