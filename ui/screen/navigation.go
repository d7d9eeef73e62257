package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/ui/navigation"
)

// The moves that both faces know.
type (
	GoTo   = navigation.GoTo
	Back   = navigation.Back
	Resume = navigation.Resume
)

// Navigation: a screen returns the command of a move or of one of these, and the kiosk does it.
type (
	Open    struct{ Screen Screen } // put a screen on top of this one
	Replace struct{ Screen Screen } // put a screen in the place of this one

	// Press is a key of every screen, which something on this one stands for.
	Press struct{ Key tea.KeyPressMsg }

	// LeaveHome is Esc on the menu of a customer, from which there is nowhere to go but out.
	LeaveHome struct{}

	// Report is an error for the log alone; the visitor was told in words.
	Report struct {
		Doing string
		Err   error
	}

	// Background is work to be done beside the screens, as on the store: what it gives
	// comes to every screen of the same visit. The context ends with the visit.
	Background struct {
		Work func(context.Context) tea.Msg
	}
)

// SecondMsg comes to every screen once a second, for what counts down.
type SecondMsg struct{}

// ClickMsg is a press on a place of the page that the screen drew last.
type ClickMsg struct{ X, Y int }

// Send returns the command of a navigation message.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
