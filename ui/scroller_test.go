package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestWheel checks that the mouse wheel scrolls a page that the visitor only reads, that the next arrow key continues from
// there, and that the wheel also scrolls menus.
func TestWheel(t *testing.T) {
	wheel := func(v *visitor, button tea.MouseButton, notches int) {
		for range notches {
			v.send(tea.MouseWheelMsg{Button: button})
		}
	}
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("6")
		wheel(v, tea.MouseWheelDown, 1)
		if v.app.viewport.topLine != wheelLines {
			t.Errorf("after a notch, line %d is at the top", v.app.viewport.topLine)
		}
		v.press("down")
		if v.app.viewport.topLine != wheelLines+1 {
			t.Errorf("after a notch and an arrow, line %d is at the top", v.app.viewport.topLine)
		}
		wheel(v, tea.MouseWheelDown, 100)
		if v.app.viewport.topLine == 0 || v.app.viewport.hasMoreBelow() {
			t.Errorf("after many notches, line %d is at the top", v.app.viewport.topLine)
		}
		wheel(v, tea.MouseWheelUp, 100)
		if v.app.viewport.topLine != 0 {
			t.Errorf("back up, line %d is at the top", v.app.viewport.topLine)
		}
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.resize(minWidth, minHeight)
		v.press("1")
		wheel(v, tea.MouseWheelDown, 1)
		if v.app.viewport.topLine == 0 {
			t.Error("a form is not scrolled")
		}
		v.press("tab")
		v.sees("▶ Geboortedatum")
	})
}

// TestHintsOfScroller checks that the footer names the scrolling keys only if the page is longer
// than the screen.
func TestHintsOfScroller(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.resize(80, 26)
		v.press("f8")
		v.seesNo("bladeren ", "▼")
		v.resize(minWidth, minHeight)
		v.sees("↑↓ bladeren", "▼ meer")
	})
}
