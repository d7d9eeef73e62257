package ui

import (
	"testing"
	"time"

	"loket/flows/text"
	"loket/ui/theme"
)

// TestIdle holds that a visitor who stays away is warned, and then forgotten (R19).
func TestIdle(t *testing.T) {
	const warning, home = "Ben je er nog?", "Waarmee kunnen we je helpen?"
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		v.press("ctrl+l", "ctrl+t")
		v.waits(60 * time.Second) // the first pulse begins to count
		v.seesNo("Are you still there?")
		v.waits(time.Second)
		v.sees("Are you still there?", "in 30 seconds")
		v.waits(7 * time.Second)
		v.sees("in 23 seconds")
		v.types("9") // means that they are there, and is not typed
		v.seesNo("Are you still there?", "48169")
		v.sees("[ 4816 ")
		v.waits(89 * time.Second)
		v.sees("in 1 second.")
		v.waits(time.Second)
		v.sees(home, "Er gebeurde niets meer")
		v.press("1")
		v.seesNo("4816")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		v.waits(65 * time.Second)
		v.press("esc")
		v.sees(home)
		v.seesNo(warning)
	})
}

// TestIdleLoggedIn holds that who is logged in has longer, and is then logged out.
func TestIdleLoggedIn(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.logsIn()
		visit := v.app.visit
		v.waits(120 * time.Second)
		v.seesNo("Ben je er nog?")
		v.waits(2 * time.Second)
		v.sees("Ben je er nog?")
		v.waits(30 * time.Second)
		v.sees("Er gebeurde niets meer")
		if v.app.visit == visit || v.app.visit.LoggedIn() {
			v.Error("the visit went on")
		}
		v.waits(20 * time.Second)
		v.seesNo("Er gebeurde niets meer")
	})
}

// TestMoreTime holds that a visitor can have more time at least ten times (WCAG
// 2.2.1), and that a visit ends all the same.
func TestMoreTime(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		times := 0
		for range 20 * 60 { // the first tick begins to count
			v.waits(time.Second)
			if v.app.warned() {
				v.press("enter")
				times++
			}
		}
		if times < 10 {
			v.Errorf("more time %d times", times)
		}
		v.sees("Nog één minuut")
		v.press("enter")
		v.sees("[ 4816 ")
		v.waits(time.Second)
		v.sees("Je bezoek duurde te lang")
	})
}

// TestClockMoves holds that a visit is as long as it takes, whatever the demo
// does to the clock.
func TestClockMoves(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		v.app.desk.Clock.Move(24 * time.Hour)
		v.waits(2 * time.Second)
		v.sees("[ 4816 ", "maandag 23 november 2026")
		v.seesNo("Ben je er nog?")
	})
}

// TestHomeRests holds that a kiosk that nobody uses does nothing, and that one
// that somebody left at home is as they found it.
func TestHomeRests(t *testing.T) {
	atKiosk(t, Options{Language: text.English}, func(v *visitor) {
		visit, begun := v.app.visit, v.screen()
		v.waits(10 * time.Minute)
		if v.app.visit != visit {
			v.Error("a visit ended that never was")
		}
		v.app.desk.Clock.Move(-10 * time.Minute)
		if v.screen() != begun {
			v.Errorf("got\n%s\nwant\n%s", v.screen(), begun)
		}
		v.press("ctrl+l", "ctrl+t", "down")
		v.sees("Waarmee kunnen we je helpen?")
		v.waits(62 * time.Second)
		v.sees("How can we help you?", "▶ 1")
		if v.app.themeName != theme.Normal {
			v.Error("the theme stayed")
		}
	})
}

// TestBusyIsNotIdle holds that it is not the visitor who is idle while they wait.
func TestBusyIsNotIdle(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		work := v.submits()
		v.waits(10 * time.Minute)
		v.seesNo("Ben je er nog?")
		v.do(work)
		v.waits(time.Second)
		v.seesNo("Ben je er nog?")
		v.sees("▶ Gebruikersnaam")
	})
}
