package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"loket/ui/layout"
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
		if v.app.viewport.TopLine != layout.NotchLines {
			t.Errorf("after a notch, line %d is at the top", v.app.viewport.TopLine)
		}
		v.press("down")
		if v.app.viewport.TopLine != layout.NotchLines+1 {
			t.Errorf("after a notch and an arrow, line %d is at the top", v.app.viewport.TopLine)
		}
		wheel(v, tea.MouseWheelDown, 100)
		if v.app.viewport.TopLine == 0 || v.app.viewport.HasMoreBelow() {
			t.Errorf("after many notches, line %d is at the top", v.app.viewport.TopLine)
		}
		wheel(v, tea.MouseWheelUp, 100)
		if v.app.viewport.TopLine != 0 {
			t.Errorf("back up, line %d is at the top", v.app.viewport.TopLine)
		}
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.resize(layout.MinWidth, layout.MinHeight)
		v.press("1")
		wheel(v, tea.MouseWheelDown, 1)
		if v.app.viewport.TopLine == 0 {
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
		v.resize(layout.MinWidth, layout.MinHeight)
		v.sees("↑↓ bladeren", "▼ meer")
	})
}
