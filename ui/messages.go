package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/ui/navigation"
	"loket/ui/screen"
)

// tickMsg is sent every second, with the real time. It only measures how much time has passed. The date and the time of day
// come from the desk's clock.
type tickMsg time.Time

func nextTick() tea.Cmd {
	return tea.Tick(time.Second, func(t time.Time) tea.Msg { return tickMsg(t) })
}

// isNavigation reports whether a message takes the visitor to another screen.
func isNavigation(msg tea.Msg) bool {
	switch msg.(type) {
	case navigation.Move, screen.AskLogOutMsg:
		return true
	}
	return false
}

// clearScreenCmd clears the screen and the scrollback of the terminal (R19). Most terminals
// keep no scrollback of the alternate screen, but some consoles have no alternate screen.
var clearScreenCmd = tea.Sequence(tea.Raw(ansi.EraseDisplay(3)), tea.ClearScreen)

// isInput reports whether a message is input of a visitor.
func isInput(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		return true
	}
	return false
}
