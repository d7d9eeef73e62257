package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"loket/ui/theme"
	"loket/ui/tty"
)

// brittle is a log that panics when an apology is logged.
type brittle struct{ slog.Handler }

func (b brittle) Handle(ctx context.Context, r slog.Record) error {
	if r.Message == "fault" {
		panic("the log is broken")
	}
	return b.Handler.Handle(ctx, r)
}

// faulty returns options for a kiosk that panics at the next tick after fail is called, and its
// log.
func faulty() (o Options, log *bytes.Buffer, fail func()) {
	log = &bytes.Buffer{}
	var due atomic.Bool
	return Options{
		WalkIn: true, Terminal: &tty.LocalTerminal{},
		Log: slog.New(brittle{slog.NewTextHandler(log, nil)}),
		ReportAlive: func() {
			if due.Swap(false) {
				panic("broken in a heartbeat")
			}
		},
	}, log, func() { due.Store(true) }
}

// TestBeginsAnew checks that a walk-in kiosk shows an apology and starts again after a panic that App does not catch.
func TestBeginsAnew(t *testing.T) {
	o, log, fail := faulty()
	onTerminal(t, o, func(e *emulated) {
		calm := []string{"Er ging iets mis bij ons", "Het loket begint zo opnieuw.", "Something went wrong on our side", "The desk will start again in a moment."}
		e.sends(enter, "2", "csmit80")
		for _, wait := range []time.Duration{2, 4, 8} {
			fail()
			time.Sleep(time.Second)
			e.settles()
			e.sees(calm...)
			e.seesNo("csmit80", "broken", "goroutine", "panic", "Caught")
			go func() {
				io.WriteString(e.keys, "secret") // The kiosk that panicked reads these keys.
				io.WriteString(e.keys, "\rsecret\r1")
			}()
			time.Sleep((wait - 2) * time.Second)
			e.sees(calm...)
			time.Sleep(2 * time.Second)
			e.sees(anyKey)
			e.seesNo("secret")
			e.sends("x", enter)
			e.sees("▶ Activatienummer")
			e.seesNo("secret")
		}
		e.stop()
		if err := <-e.ended; err != nil {
			t.Error(err)
		}
		if got := log.String(); strings.Count(got, "fault ends the kiosk") != 3 || !strings.Contains(got, "run_test.go") || strings.Contains(got, "broken") {
			t.Errorf("log: %s", got)
		}
	})
}

// TestFaultOfOther checks that any other kiosk than a walk-in kiosk ends after a panic that App does not catch, and restores
// the terminal.
func TestFaultOfOther(t *testing.T) {
	o, _, fail := faulty()
	o.WalkIn = false
	onTerminal(t, o, func(e *emulated) {
		e.sees(home)
		fail()
		if err := <-e.ended; !errors.Is(err, ErrProgramFault) {
			t.Errorf("ended with %v", err)
		}
		if e.glass.IsAltScreen() {
			t.Error("left on the alternate screen")
		}
		e.seesNo(home, "broken", "Caught")
	})
}

// TestPause checks that a kiosk waits longer after each panic, up to a minute, and only a short time again after a healthy
// run.
func TestPause(t *testing.T) {
	var p restartPause
	for _, want := range []int{2, 4, 8, 16, 32, 60, 60} {
		if p.increaseAfterRun(time.Second); time.Duration(p) != time.Duration(want)*time.Second {
			t.Errorf("%v, want %d s", time.Duration(p), want)
		}
	}
	if p.increaseAfterRun(healthyRunTime); p != firstRestartPause {
		t.Errorf("%v after it ran well", time.Duration(p))
	}
}

// TestPauseIsNotHung checks that a waiting kiosk reports that it is alive.
func TestPauseIsNotHung(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		times, begun := 0, time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		maxRestartPause.waitReportingAlive(ctx, func() { times++ })
		if took := time.Since(begun); times < 10 || took != 10*time.Second {
			t.Errorf("alive %d times in %v", times, took)
		}
	})
}

// TestLocalTerminal checks what is written to a terminal before and after a walk-in kiosk: colours
// only on a Linux console, and at the end nothing of a visit.
func TestLocalTerminal(t *testing.T) {
	for _, console := range []bool{false, true} {
		onTerminal(t, Options{WalkIn: true, Terminal: &tty.LocalTerminal{IsConsole: console}}, func(e *emulated) {
			e.sends(enter, "2", "csmit80")
			if e.wrote.has(theme.SetPaletteSequence) != console {
				t.Errorf("console %t: colours set %t", console, !console)
			}
			e.stop()
			if err := <-e.ended; err != nil {
				t.Error(err)
			}
			e.seesNo("csmit80", home)
			e.sees("Dit loket is nu gesloten.", "This desk is closed now.")
			if e.wrote.has(theme.ResetPaletteSequence) != console || e.glass.IsAltScreen() {
				t.Errorf("console %t: colours reset %t, alternate screen %t", console, !console, e.glass.IsAltScreen())
			}
			_, end, _ := strings.Cut(e.wrote.String(), "\x1b[?1049l")
			for _, want := range []string{"\x1b[2J", "\x1b[3J", "\x1b[?25h"} {
				if !strings.Contains(end, want) {
					t.Errorf("no %q in %q", want, end)
				}
			}
		})
	}
	onTerminal(t, Options{Terminal: &tty.LocalTerminal{}}, func(e *emulated) {
		e.stop()
		<-e.ended
		if _, end, _ := strings.Cut(e.wrote.String(), "\x1b[?1049l"); strings.Contains(end, "J") || e.wrote.has("Dit loket is nu gesloten") {
			t.Errorf("who started it by hand finds %q", end)
		}
	})
}

// TestAlive checks that the kiosk reports that it is alive with its first frame and every second
// after it.
func TestAlive(t *testing.T) {
	var mu sync.Mutex
	times := 0
	count := func() int { mu.Lock(); defer mu.Unlock(); return times }
	o := Options{ReportAlive: func() { mu.Lock(); defer mu.Unlock(); times++ }}
	onTerminal(t, o, func(e *emulated) {
		if e.sees(home); count() != 1 {
			t.Errorf("alive %d times at the first frame", count())
		}
		time.Sleep(10 * time.Second)
		if count() < 10 || count() > 12 {
			t.Errorf("alive %d times in 10 seconds", count())
		}
	})
}

// TestTerminalIsGone checks that a kiosk ends when its terminal is gone.
func TestTerminalIsGone(t *testing.T) {
	onTerminal(t, Options{WalkIn: true, Terminal: &tty.LocalTerminal{}}, func(e *emulated) {
		e.keys.Close()
		if err := <-e.ended; err != nil {
			t.Error(err)
		}
	})
}

// pieces are parts of the input that keyboards, terminals and attackers send.
var pieces = []string{
	"\x03", "\x1a", "\x1c", "\x04", "\x13", "\x11", "\x1b", "\x1b[", "\x1b[[", "\x1b[[A", "\x1b[[E", "\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x1bO",
	"\x90", "\x9b", "\x9c", "\x9d", "\x9bM", "\x1b[M", "\x1b[200~", "\x1b[201~", "\x1b[200~1\r", "\x1b]52;c;!\x07", "\x1b]0;x", "\x1bP1+r524742\x1b\\",
	"\x1b[8;1;1t", "\x1b[48;1;1;1;1t", "\x1b[8;999;999t", "\x1b[?2026;2$y", "\x1b[?2027;1$y", "\x1b[I", "\x1b[O", "\x1b[<0;40;8M", "\x1b[<65;1;1M",
	"\x1b[27;7;99~", "\x1b[99;7u", "\x1b[57358u", "\x1b\x03", "\x1b\x1a", "\x1b[1;7P", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~", "\x1b[0;0;27;1;0;1_",
	"\r", "\t", " ", "1", "2", "6", "q", "é", "€", "\xe2\x82", "\xff", "\x00", "\x7f", ";", "t", "~", "\x1b\x1b", "\x1b[A", "\x1b[B",
}

// TestAnythingTyped checks that a walk-in kiosk survives any input, and that the next visitor finds
// it in its first state.
func TestAnythingTyped(t *testing.T) {
	for seed := range uint64(3) {
		onTerminal(t, Options{WalkIn: true, Terminal: &tty.LocalTerminal{}}, func(e *emulated) {
			some := rand.New(rand.NewPCG(seed, 0))
			for range 100 {
				var sent strings.Builder
				for range 1 + some.IntN(8) {
					if some.IntN(4) == 0 {
						sent.WriteByte(byte(some.UintN(256)))
					} else {
						sent.WriteString(pieces[some.IntN(len(pieces))])
					}
				}
				io.WriteString(e.keys, sent.String())
				if some.IntN(3) == 0 {
					e.settles()
				}
			}
			e.sends("\x1b[200~secret")
			time.Sleep(3 * time.Minute)
			select {
			case err := <-e.ended:
				t.Fatalf("seed %d: ended with %v", seed, err)
			default:
			}
			e.sees(anyKey, "Touch the screen or press any key to begin")
			e.sends("x")
			e.sees(home, "▶ 1", "F6 English")
			e.sends("1", "4816")
			e.sees("▶ Activatienummer", "[ 4816 ")
			e.seesNo("secret")
		})
	}
}
