package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/ui/navigation"
)

// The navigation messages that the plain-text interface also uses.
type (
	GoTo   = navigation.GoTo
	Back   = navigation.Back
	Resume = navigation.Resume
)

// The navigation messages that only the full screen uses. A screen returns the command of such a message, and the kiosk
// handles the message.
type (
	OpenMsg    struct{ Screen Screen } // OpenMsg opens a screen on top of the current one.
	ReplaceMsg struct{ Screen Screen } // ReplaceMsg replaces the current screen.

	// PressMsg is the message that presses a key on behalf of the visitor, who chose an item that stands for the key.
	PressMsg struct{ Key tea.KeyPressMsg }

	// OfferKeyboard is the message that the visitor pressed a line to type in with a finger or the mouse. IsFocused is true if
	// the line already had the focus: then the visitor wants the keyboard, also after closing it.
	OfferKeyboard struct{ IsFocused bool }

	// ToggleRepeats is the message that a key counts again, or no longer, if it is pressed twice or held down.
	ToggleRepeats struct{}

	// AskLogOutMsg is the message to ask the visitor whether to log out. A logged-in visitor sends it by Esc on the home menu,
	// where there is no screen to go back to.
	AskLogOutMsg struct{}

	// ErrorReport is an error that is only logged. The screen itself informs the visitor.
	ErrorReport struct {
		Doing string
		Err   error
	}

	// BackgroundWork is the message to run work in the background, such as a transaction. Every screen of the same visit gets the
	// message that the work returns. Its context ends with the visit.
	BackgroundWork struct {
		Work func(context.Context) tea.Msg
	}
)

// SecondMsg is sent to every screen once a second, for countdowns.
type SecondMsg struct{}

// ClickMsg is a click at a position on the page that the screen drew last.
type ClickMsg struct{ X, Y int }

// Send returns a command that sends the message.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
