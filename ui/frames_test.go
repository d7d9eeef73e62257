package ui

import (
	"testing"
	"time"

	"charm.land/lipgloss/v2"

	"loket/flows"
)

// frames is how to come to each screen of the kiosk.
var frames = map[string]func(*visitor){
	"home":           func(v *visitor) {},
	"home_logged_in": func(v *visitor) { v.logsIn(); v.press("esc") },
	"home_farewell":  func(v *visitor) { v.logsIn(); v.press("esc", "5") },
	"forgotten":      func(v *visitor) { v.press("3", "down") },

	"activate":             func(v *visitor) { v.press("1") },
	"activate_problems":    func(v *visitor) { v.press("1"); v.fills("48162095773", "31-2-1961", "") },
	"activate_unknown":     func(v *visitor) { v.press("1"); v.fills("481620957733", "9-4-1962", "3511ab") },
	"activate_expired":     func(v *visitor) { v.press("1"); v.fills("481620950000", "9-4-1961", "3511ab") },
	"activate_choose":      func(v *visitor) { v.chooses() },
	"activate_typing":      func(v *visitor) { v.chooses(); v.fills("abvdberg"); v.types("abcë €") },
	"activate_revealed":    func(v *visitor) { v.chooses(); v.fills("abvdberg"); v.types("Goed-gekozen1"); v.press("ctrl+r") },
	"activate_not_chosen":  func(v *visitor) { v.chooses(); v.fills("ab", "kort", "anders") },
	"activate_done":        func(v *visitor) { v.chooses(); v.fills("abvdberg", "Goed-gekozen1", "Goed-gekozen1") },
	"log_in":               func(v *visitor) { v.press("2") },
	"log_in_wrong":         func(v *visitor) { v.press("2"); v.fills("csmit80", "Sterk-wacht2") },
	"log_in_too_soon":      func(v *visitor) { v.press("2"); v.guesses(4) },
	"log_in_choose":        func(v *visitor) { v.press("2"); v.fills("vossen", "bcdf ghjk lmnp") },
	"log_in_stored":        func(v *visitor) { v.press("2"); v.fills("vossen", "bcdf ghjk lmnp", "Goed-gekozen1", "Goed-gekozen1") },
	"forgotten_password":   func(v *visitor) { v.press("3", "1") },
	"forgotten_password_2": func(v *visitor) { v.press("3", "1"); v.fills("csmit80", "1-2-1980", "3511AB") },
	"forgotten_username":   func(v *visitor) { v.press("3", "2") },
	"forgotten_username_2": func(v *visitor) { v.press("3", "2"); v.fills("1-2-1980", "3511AB", "14", "nl22 nnba 0123 4567 89") },
	"add_product":          func(v *visitor) { v.logsIn(); v.press("esc", "2") },

	"contact":           func(v *visitor) { v.press("5") },
	"contact_scrolled":  func(v *visitor) { v.press("5", "pgdown") },
	"questions":         func(v *visitor) { v.press("4") },
	"questions_last":    func(v *visitor) { v.press("4", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown") },
	"questions_nothing": func(v *visitor) { v.press("4"); v.types("qq") },
	"answer":            func(v *visitor) { v.press("4", "down", "down", "enter") },
	"help":              func(v *visitor) { v.press("ctrl+g") },

	"dialog_leave":  func(v *visitor) { v.press("1"); v.types("4816"); v.press("esc") },
	"dialog_stop":   func(v *visitor) { v.press("ctrl+c") },
	"dialog_idle":   func(v *visitor) { v.press("1"); v.types("4816"); v.waits(70 * time.Second) },
	"dialog_minute": func(v *visitor) { v.keepsBusy(19*time.Minute + 10*time.Second) },
	"apology":       func(v *visitor) { v.app.open(&failing{}); v.press("x") },
}

// chooses comes as far as choosing how to log in.
func (v *visitor) chooses() {
	v.press("1")
	v.fills("4816 2095 7733", "9-4-1961", "3511ab")
}

// guesses types wrong passwords.
func (v *visitor) guesses(times int) {
	v.fills("csmit80", "0")
	for range times - 1 {
		v.fills("0")
	}
}

// keepsBusy does something every now and then.
func (v *visitor) keepsBusy(d time.Duration) {
	v.press("1")
	for range int(d / (10 * time.Second)) {
		v.press("down")
		v.waits(10 * time.Second)
	}
}

// TestFrames shows every screen as it is on a terminal of 80 by 24.
func TestFrames(t *testing.T) {
	for name, come := range frames {
		for _, language := range []flows.Language{flows.Dutch, flows.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				atKiosk(t, Options{Language: language}, func(v *visitor) {
					come(v)
					golden(t, name+"."+string(language), v.screen())
				})
			})
		}
	}
}

// TestFits holds that every screen stays within every terminal, in every dress.
func TestFits(t *testing.T) {
	sizes := []struct{ width, height int }{{60, 20}, {80, 24}, {80, 25}, {200, 60}, {59, 24}, {10, 1}, {1, 1}}
	for name, come := range frames {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{Language: flows.English}, func(v *visitor) {
				come(v)
				for _, size := range sizes {
					v.resize(size.width, size.height)
					v.fits(size.width, size.height)
					v.press("ctrl+l")
					v.fits(size.width, size.height)
					v.press("ctrl+t")
					v.fits(size.width, size.height)
				}
			})
		})
	}
}

func (v *visitor) fits(width, height int) {
	v.Helper()
	view := v.app.View()
	if w, h := lipgloss.Size(view.Content); w > width || h > height {
		v.Errorf("%d by %d on a terminal of %d by %d:\n%s", w, h, width, height, view.Content)
	}
	if c := view.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= width || c.Y >= height) {
		v.Errorf("cursor at %d, %d on a terminal of %d by %d", c.X, c.Y, width, height)
	}
}
