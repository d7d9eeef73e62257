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

// A screen returns the command of a move, or of one of these messages, and the kiosk carries
// it out.
type (
	Open    struct{ Screen Screen } // opens a screen on top of this one
	Replace struct{ Screen Screen } // opens a screen in the place of this one

	// Press is a key of every screen, which something on this one stands for.
	Press struct{ Key tea.KeyPressMsg }

	// AskLogOut asks whether to log out. A customer sends it by Esc on the home menu, where
	// there is no screen to go back to.
	AskLogOut struct{}

	// ErrorReport is an error for the log alone. The screen itself tells the visitor.
	ErrorReport struct {
		Doing string
		Err   error
	}

	// Background runs work in the background, as on the store. Every screen of the same visit
	// gets the message that the work returns. Its context ends with the visit.
	Background struct {
		Work func(context.Context) tea.Msg
	}
)

// SecondMsg comes to every screen once a second, for countdowns.
type SecondMsg struct{}

// ClickMsg is a click at a position on the page that the screen drew last.
type ClickMsg struct{ X, Y int }

// Send returns the command of a navigation message.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
