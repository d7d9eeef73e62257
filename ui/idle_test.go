package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/theme"
)

const stayedAway = "Je was even weg. Daarom hebben we je bezoek afgesloten en alles gewist."

// TestIdle checks that an idle visitor is warned and that the visit then ends (R19), and that no key is lost or misunderstood
// meanwhile (R31).
func TestIdle(t *testing.T) {
	const asks, home = "Are you still there?", "Waarmee kunnen we je helpen?"
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		v.press("ctrl+l", "ctrl+t")
		v.waits(60 * time.Second) // The count of idle time starts with the first tick.
		v.seesNo(asks)
		v.waits(time.Second)
		v.sees(asks, "in 30 seconds", "[ 4816 ", "Press any key.")
		v.waits(7 * time.Second)
		v.sees("in 23 seconds")
		v.types("9") // This key answers the warning, and is also typed.
		v.seesNo(asks)
		v.sees("[ 48169 ")
		for _, key := range []string{"esc", "enter", "down", "tab", "backspace"} {
			v.waits(61 * time.Second)
			v.sees(asks)
			v.press(key) // This key only answers the warning.
			v.seesNo(asks)
			v.sees("[ 48169 ", "▶ Activation number")
		}
		v.waits(89 * time.Second)
		v.sees("in 1 second.")
		v.waits(time.Second)
		v.sees(home, stayedAway)
		v.press("1") // This key was meant for the visit that ended.
		v.send(tea.MouseClickMsg{X: 10, Y: 8, Button: tea.MouseLeft})
		v.sees(home, stayedAway)
		v.waits(time.Second)
		v.press("1")
		v.sees("Account activeren")
		v.seesNo("4816")
	})
}

// TestIdlePressed checks that a click or touch during the warning has its usual effect.
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

// TestIdleLoggedIn checks that a logged-in customer gets more time before the visit ends.
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

// TestMoreTime checks that a visitor can extend a visit as often as needed (WCAG 2.2.1), also if the visitor is active all the
// time, and that no step of the visit expires.
func TestMoreTime(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.types("csmit80")
		v.app.desk.Settings.Visit = 2 * time.Minute
		times := 0
		for range 6*12 + 3 {
			v.waits(20 * time.Second)
			if v.app.isIdleWarningShown() {
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

// TestTakeYourTime checks that a visitor who chose more time has limits that are three times as long, and two minutes to
// answer the warning. The header says so, and this ends with the visit.
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

// TestClockMoves checks that moving the clock of the demo does not change the time limit of a visit.
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

// TestHomeRests checks that an unused kiosk does nothing, and that a kiosk on which someone changed settings at home is reset.
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
		for _, sets := range []string{"ctrl+l", "ctrl+t", "ctrl+y"} { // These are the settings that a visitor can change (R34).
			v.press(sets)
			v.waits(61 * time.Second)
			if sets == "ctrl+y" {
				v.waits(2 * time.Minute)
			}
			if !v.app.isIdleWarningShown() {
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

// TestBusyIsNotIdle checks that a visitor who waits for the desk is not idle.
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
