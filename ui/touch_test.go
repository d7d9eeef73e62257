package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// TestKeyboardReopens checks that a visitor without a keyboard who closed the one on the screen gets it back by touching the line.
func TestKeyboardReopens(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.clicks("Gebruikersnaam")
		v.sees("[ q ]")
		v.clicks("sluiten")
		v.seesNo("[ q ]")
		v.clicks("Wachtwoord")
		v.seesNo("[ q ]")
		time.Sleep(time.Second)
		v.clicks("Wachtwoord")
		v.sees("[ q ]")
	})
}

// TestNoticeInSight checks that on a small window, which has large letters, the reason why a submit failed can be seen above the
// focused line, with and without the on-screen keyboard, until the visitor goes on.
func TestNoticeInSight(t *testing.T) {
	for _, hasKeyboard := range []bool{false, true} {
		atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
			v.press("enter")
			v.resize(51, 16)
			v.press("2")
			if hasKeyboard {
				v.clicks("Gebruikersnaam")
				v.sees("[q]")
			}
			v.fills("csmit80", "onjuist wachtwoord")
			v.sees("horen niet", "bij elkaar.")
			v.types("x")
			if v.sees("Wachtwoord"); hasKeyboard && strings.Contains(v.screen(), "horen niet") {
				t.Errorf("the line is not in sight:\n%s", v.screen())
			}
		})
	}
}

// TestKeyboardFits checks that the on-screen keyboard fits in the smallest window that the letters of a kiosk leave.
func TestKeyboardFits(t *testing.T) {
	atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
		v.press("enter")
		v.resize(40, 16)
		v.press("2")
		v.clicks("Gebruikersnaam")
		v.sees("[q]", "[sluiten]")
		v.clicks("[volgende]")
		v.sees("▶ Wachtwoord", "[q]", "[sluiten]")
	})
}

// TestDoublePresses checks that a visitor can turn off that a key counts which is pressed twice or held down, on any keyboard, and
// that it counts again in the next visit.
func TestDoublePresses(t *testing.T) {
	const item = "Dubbele toetsen"
	strike := func(v *visitor, pauses ...time.Duration) {
		for _, pause := range pauses {
			time.Sleep(pause)
			v.send(tea.KeyPressMsg{Code: 'o', Text: "o"})
		}
	}
	held := []time.Duration{time.Second, time.Second, 100 * time.Millisecond, 33 * time.Millisecond, 600 * time.Millisecond}
	atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
		v.press("enter", "7")
		v.sees(item, "Nu: tellen gewoon mee")
		v.press("8")
		v.sees(item, "Nu: dezelfde toets telt pas na een tel")
		v.press("esc", "2")
		strike(v, held...)
		v.sees("[ o  ")
		strike(v, 1200*time.Millisecond)
		v.sees("[ oo  ")
		v.clicks("Gebruikersnaam")
		time.Sleep(2 * time.Second)
		v.clicks("[ o ]")
		time.Sleep(400 * time.Millisecond)
		v.clicks("[ o ]")
		v.sees("[ ooo  ")
		v.waits(20 * time.Minute)
		v.press("enter", "2")
		strike(v, held...)
		v.sees("[ ooooo  ")
	})
}
