package demo

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/screen"
)

// listFocus is the index of the list entry that has the focus.
type listFocus struct{ focusIndex int }

// handleKey moves the focus in a list of count entries. It reports whether the key is one that moves.
func (p *listFocus) handleKey(msg tea.KeyPressMsg, count int) bool {
	switch {
	case keys.Up.Matches(msg):
		p.focusIndex--
	case keys.Down.Matches(msg):
		p.focusIndex++
	case keys.Home.Matches(msg):
		p.focusIndex = 0
	case keys.End.Matches(msg):
		p.focusIndex = count - 1
	default:
		return false
	}
	p.focusIndex = max(min(p.focusIndex, count-1), 0)
	return true
}

// drawEntry draws an entry of a list on one line.
func drawEntry(f screen.Frame, label string, focused bool) string {
	return f.Highlight(f.AddFocusMarker(label, focused), focused, f.Width)
}
