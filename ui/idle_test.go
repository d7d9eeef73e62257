package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/theme"
)

const stayedAway = "Je was even weg. Daarom hebben we je bezoek afgesloten en alles gewist."

// TestIdle holds that a visitor who stays away is warned, and then forgotten (R19), and that
// nothing which they press meanwhile is lost, or taken for something else (R31).
func TestIdle(t *testing.T) {
	const asks, home = "Are you still there?", "Waarmee kunnen we je helpen?"
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		v.press("ctrl+l", "ctrl+t")
		v.waits(60 * time.Second) // the first pulse begins to count
		v.seesNo(asks)
		v.waits(time.Second)
		v.sees(asks, "in 30 seconds", "[ 4816 ", "Press any key.")
		v.waits(7 * time.Second)
		v.sees("in 23 seconds")
		v.types("9") // means that they are there, and is typed
		v.seesNo(asks)
		v.sees("[ 48169 ")
		for _, key := range []string{"esc", "enter", "down", "tab", "backspace"} {
			v.waits(61 * time.Second)
			v.sees(asks)
			v.press(key) // means that they are there, and no more than that
			v.seesNo(asks)
			v.sees("[ 48169 ", "▶ Activation number")
		}
		v.waits(89 * time.Second)
		v.sees("in 1 second.")
		v.waits(time.Second)
		v.sees(home, stayedAway)
		v.press("1") // meant for the visit that ended
		v.send(tea.MouseClickMsg{X: 10, Y: 8, Button: tea.MouseLeft})
		v.sees(home, stayedAway)
		v.waits(time.Second)
		v.press("1")
		v.sees("Account activeren")
		v.seesNo("4816")
	})
}

// TestIdlePressed holds that what is pressed by finger or mouse while the visitor is warned
// does what it says.
func TestIdlePressed(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		v.waits(65 * time.Second)
		v.sees("Ben je er nog?")
		v.clicks("Esc terug")
		v.sees("Weet je het zeker?")
		v.waits(65 * time.Second)
		v.sees("Ben je er nog?", "Weet je het zeker?")
		v.clicks("Weggaan")
		v.sees("Waarmee kunnen we je helpen?")
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
		v.sees(stayedAway)
		if v.app.visit == visit || v.app.visit.LoggedIn() {
			v.Error("the visit went on")
		}
		v.waits(20 * time.Second)
		v.seesNo(stayedAway)
	})
}

// TestMoreTime holds that a visitor can have more time as often as they like (WCAG 2.2.1),
// however busy they are, and that nothing of theirs is too late then.
func TestMoreTime(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.types("csmit80")
		v.app.desk.Settings.Visit = 2 * time.Minute
		times := 0
		for range 6*12 + 3 {
			v.waits(20 * time.Second)
			if v.app.isWarned() {
				v.press("x", "backspace")
				times++
			}
			v.press("left", "right")
		}
		if times < 10 || times > 12 {
			v.Errorf("asked %d times", times)
		}
		v.press("enter")
		v.fills("Sterk-wacht1")
		v.sees("C. Smit")
	})
}

// TestTakeYourTime holds that a visitor who takes their time has three times as long, and two
// minutes to say that they are there; that the header says so; and that it ends with the visit.
func TestTakeYourTime(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2", "ctrl+y")
		v.types("csmit80")
		v.sees("Neem de tijd")
		v.waits(180 * time.Second)
		v.seesNo("Ben je er nog?")
		v.waits(time.Second)
		v.sees("Ben je er nog? Over 120 seconden")
		v.press("esc")
		v.press("enter")
		v.fills("Sterk-wacht1")
		v.sees("C. Smit", "Neem de tijd")
		v.press("ctrl+x")
		v.sees("Tot ziens!")
		v.seesNo("Neem de tijd")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("f2", "f2")
		v.seesNo("Neem de tijd")
	})
}

// TestClockMoves holds that a visit is as long as it takes, whatever the demo
// does to the clock.
func TestClockMoves(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		v.app.desk.Clock.Advance(24 * time.Hour)
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
		v.app.desk.Clock.Advance(-10 * time.Minute)
		if v.screen() != begun {
			v.Errorf("got\n%s\nwant\n%s", v.screen(), begun)
		}
		v.press("down")
		v.waits(62 * time.Second)
		v.sees("How can we help you?", "▶ 1")
		v.waits(2 * time.Second)
		for _, sets := range []string{"ctrl+l", "ctrl+t", "ctrl+y"} { // which is theirs (R34)
			v.press(sets)
			v.waits(61 * time.Second)
			if sets == "ctrl+y" {
				v.waits(2 * time.Minute)
			}
			if !v.app.isWarned() {
				v.Fatalf("after %s nothing is asked", sets)
			}
			v.waits(2*time.Minute + 20*time.Second)
			v.sees("How can we help you?", "▶ 1")
			v.seesNo("Take your time")
			if v.app.themeName != theme.Normal {
				v.Error("the theme stayed")
			}
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
