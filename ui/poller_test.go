package ui

import (
	"bytes"
	"log/slog"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"

	"loket/ui/screen/screentest"
	"loket/ui/theme"
)

const (
	takePhone = "Pak je telefoon"
	sure      = "Weet je het zeker?"
	atHome    = "Waarmee kunnen we je helpen?"
)

// TestPhoneLogsIn checks that the kiosk continues within a second after a phone approves, whatever the visitor did on the
// waiting screen.
func TestPhoneLogsIn(t *testing.T) {
	for name, does := range map[string]func(*visitor){
		"waits":           func(v *visitor) { v.waits(30 * time.Second) },
		"moves":           func(v *visitor) { v.press("down", "tab", "up", "x", "1") },
		"presses Enter":   func(v *visitor) { v.press("enter", "enter"); v.sees(takePhone) },
		"other language":  func(v *visitor) { v.press("ctrl+l", "ctrl+t"); v.resize(60, 20); v.resize(160, 50) },
		"reads help":      func(v *visitor) { v.press("ctrl+g"); v.waits(5 * time.Second); v.press("ctrl+g") },
		"looks up":        func(v *visitor) { v.press("down", "tab", "enter"); v.sees("088 663 06 63"); v.press("esc") },
		"nearly stops":    func(v *visitor) { v.press("ctrl+c"); v.waits(3 * time.Second); v.press("esc") },
		"leaves at first": func(v *visitor) { v.press("esc", "3", "down", "enter", "esc", "3") },
	} {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{}, func(v *visitor) {
				device := v.hasPhone()
				v.press("3")
				v.sees(takePhone, "localhost:8023")
				does(v)
				v.comes(device, finding)
				v.sees("Internetsparen")
			})
		})
	}
}

// TestPhoneWhileLookingAway checks that a phone's answer changes nothing while the visitor is on another screen, and takes
// effect when the visitor comes back.
func TestPhoneWhileLookingAway(t *testing.T) {
	for name, keys := range map[string][2]string{"help": {"ctrl+g", "ctrl+g"}, "question": {"ctrl+c", "esc"}} {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{}, func(v *visitor) {
				device := v.hasPhone()
				v.press("3")
				code := v.scan().Code
				v.press(keys[0])
				before := v.screen()
				v.answers(device, code, finding)
				v.waits(5 * time.Second)
				if got := v.screen(); got != before {
					t.Errorf("got\n%s\nafter\n%s", got, before)
				}
				v.press(keys[1])
				v.waits(time.Second)
				v.sees("Internetsparen")
			})
		})
	}
}

// TestLeavingPhone checks that a visitor who waits for a phone can leave without confirmation, because nothing is lost, and
// that polling then stops. A customer who is pairing a phone must confirm.
func TestLeavingPhone(t *testing.T) {
	const times = 5
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		for range times {
			v.press("3")
			v.sees(takePhone)
			v.press("esc")
			v.sees(atHome)
			v.seesNo(sure)
		}
		if synctest.Wait(); len(v.news) != times {
			t.Errorf("%d of %d still look", times-len(v.news), times)
		}
		v.press("3", "down", "enter")
		v.sees("▶ Gebruikersnaam")
		v.seesNo(sure)
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.begins()
		v.press("up", "down", "enter", "x")
		v.sees("Pak de telefoon")
		v.press("esc")
		v.sees(sure)
		v.press("right", "enter")
		v.sees("Toegang en beveiliging")
		if synctest.Wait(); len(v.news) != 1 || v.app.poller.IsPolling() {
			t.Error("somebody still looks")
		}
	})
}

// TestMoreTimeForPhone checks that a visitor who chooses more time also gets more time to use the phone that the desk waits
// for.
func TestMoreTimeForPhone(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		v.press("3")
		v.waits(59 * time.Second)
		v.sees(takePhone, "nog 1:00")
		v.press("ctrl+y")
		v.waits(time.Second)
		v.sees(takePhone, "nog 5:00", "Neem de tijd")
		v.press("f2")
		v.waits(2 * time.Minute)
		v.sees(takePhone, "nog 3:00")
		v.waits(3*time.Minute + time.Second)
		v.sees("Dit duurde te lang")
	})
}

// TestIdleWithPhone checks that a visitor does not count as idle while the desk waits for a phone, but does after that, and
// that the visit still has a time limit.
func TestIdleWithPhone(t *testing.T) {
	const warning = "Ben je er nog?"
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		v.press("3")
		v.waits(119 * time.Second)
		v.sees(takePhone, "nog 0:01")
		v.seesNo(warning)
		v.waits(3 * time.Second)
		v.sees("Dit duurde te lang")
		v.waits(55 * time.Second)
		v.seesNo(warning)
		v.waits(10 * time.Second)
		v.sees(warning)
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.app.desk.Settings.AppLogIn = time.Hour
		v.hasApp()
		v.press("3")
		v.app.desk.Settings.Visit = 4 * time.Minute
		v.waits(4*time.Minute + 5*time.Second)
		v.sees(warning, takePhone)
		v.press("down")
		v.waits(4 * time.Minute)
		v.sees(warning)
		v.waits(30 * time.Second)
		v.sees(stayedAway)
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		v.press("3", "ctrl+g")
		v.waits(65 * time.Second)
		v.sees(warning) // A visitor on the help page is not using a phone.
	})
}

// TestPhoneTooLate checks that a wait ends when the clock of the demo is moved past the end of the wait.
func TestPhoneTooLate(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		v.press("3")
		v.app.desk.Clock.Advance(24 * time.Hour)
		v.waits(2 * time.Second)
		v.sees("Dit duurde te lang", "Inloggen met de NN App")
		v.press("1")
		v.sees(takePhone, "nog 2:00")
	})
}

// TestPausedTerminal checks that a paused terminal says so, and lets the visitor try again.
func TestPausedTerminal(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		v.meanwhile(pauses)
		v.press("3")
		v.sees("Probeer het over 60 seconden opnieuw", "▶ [ Opnieuw proberen")
		v.press("enter")
		v.sees("Probeer het over", "▶ [ Opnieuw proberen")
		v.waits(58 * time.Second)
		v.press("x")
		v.waits(4 * time.Second)
		v.press("enter")
		v.sees(takePhone)
	})
}

// TestLookoutSurvivesTrouble checks that polling continues after an error of the store, and that the error is logged once.
func TestLookoutSurvivesTrouble(t *testing.T) {
	var log bytes.Buffer
	atKiosk(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))}, func(v *visitor) {
		v.hasApp()
		v.press("3")
		if err := v.app.desk.Store.Close(); err != nil {
			t.Fatal(err)
		}
		v.waits(10 * time.Second)
		v.sees(takePhone)
		if said := strings.Count(log.String(), "\n"); said != 1 {
			t.Errorf("the log has\n%s", log.String())
		}
	})
}

// TestPhoneTrouble checks that a failed submit of a waiting step is not repeated until the visitor tries again.
func TestPhoneTrouble(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		device := v.hasPhone()
		v.press("3")
		v.press("up")
		v.answers(device, v.scan().Code, finding)
		desk := v.app.desk
		store, broken := desk.Store, screentest.NewDesk(v.T).Store
		broken.Close()
		time.Sleep(time.Second)
		synctest.Wait()
		desk.Store = broken
		v.hears()
		desk.Store = store
		v.waits(10 * time.Second)
		v.sees("Het lukt ons nu niet", "▶ [ Opnieuw proberen", "Inloggen")
		if !v.seesCode() {
			t.Error("the code is gone")
		}
		v.press("up", "down", "enter")
		v.sees("Internetsparen")
	})
}

// TestCodeIsWholeOrNot checks that no terminal shows only a part of a QR code, and that every terminal shows what to type
// instead.
func TestCodeIsWholeOrNot(t *testing.T) {
	for _, page := range []string{appPage, farPage, farPage + "/een/adres/dat/veel/langer/is"} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			atKiosk(t, Options{}, func(v *visitor) {
				v.hasAppAt(page)
				v.press("3")
				s, with := v.scan(), map[bool]int{}
				for _, v.app.terminal.IsConsole = range []bool{false, true} {
					v.app.applyTheme()
					for _, width := range []int{60, 80, 113, 200} {
						for height := 20; height <= 60; height += 5 {
							v.resize(width, height)
							v.press("ctrl+l", "tab")
							if v.seesCode() {
								with[v.app.terminal.IsConsole]++
							}
							v.sees("Letters  "+s.Code, s.Address[:12], "ervice and contact"[:7])
						}
					}
				}
				if with[false] < 15 || with[true] < 2 {
					t.Errorf("%s: a code is to be seen on %v terminals", page, with)
				}
			})
		})
	}
}

// seesCode reports whether the whole QR code is drawn. It fails the test if only a part of the code is drawn.
func (v *visitor) seesCode() bool {
	v.Helper()
	screen := v.screen()
	lines := strings.Split(screen, "\n")
	code := strings.Split(ansi.Strip(strings.Join(v.app.theme.DrawCode(theme.NewQRCode(v.scan().URL)), "\n")), "\n")
	seen := 0
	for _, line := range lines {
		if seen < len(code) && strings.Contains(line, strings.TrimRight(code[seen], " ")) {
			seen++
		}
	}
	if part := strings.Contains(screen, code[0]); part != (seen == len(code)) {
		v.Errorf("%d of %d lines of the code on\n%s", seen, len(code), screen)
	}
	return seen == len(code)
}

// letters matches a code of letters.
var letters = regexp.MustCompile("[B-Z]{4}-[B-Z]{4}")

// TestPhoneProgram checks that a terminal that waits for a phone sends and draws almost nothing, and continues by itself
// within a second.
func TestPhoneProgram(t *testing.T) {
	var frames atomic.Int32
	onTerminal(t, Options{OnDraw: func() { frames.Add(1) }}, func(e *emulated) {
		v := newVisitor(e.T, New(e.Context(), e.desk, Options{}))
		defer v.app.Close()
		v.resize(80, 24)
		device := v.hasPhone()
		e.sends(escape, "3")
		e.sees(takePhone, "nog 2:00")

		before, drawn := len(e.wrote.String()), frames.Load()
		time.Sleep(10 * time.Second)
		e.sees("nog 1:45")
		if sent := len(e.wrote.String()) - before; sent > 10*64 || frames.Load()-drawn > 12 {
			t.Errorf("%d bytes and %d frames in ten seconds", sent, frames.Load()-drawn)
		}

		v.answers(device, letters.FindString(e.screen()), finding)
		time.Sleep(time.Second)
		e.sees("Internetsparen")
	})
}
