package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
)

// Navigation: a screen returns the command of one of these, and the kiosk does it.
type (
	goTo   struct{ place flows.Place } // leave this screen for a place
	open   struct{ screen screen }     // put a screen on top of this one
	back   struct{}                    // take the screen on top away; from the last one, home
	goHome struct{}                    // the visit is over: forget it and begin anew
	stay   struct{}                    // the visitor is still here
)

// to gives the command of a navigation message.
func to(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
