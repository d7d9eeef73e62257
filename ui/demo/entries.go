package demo

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/screen"
)

// listFocus is the index of the entry that has the focus in a list.
type listFocus struct{ at int }

// handleKey moves the focus among count entries, and reports whether the key moves it.
func (p *listFocus) handleKey(msg tea.KeyPressMsg, count int) bool {
	switch {
	case keys.Up.Matches(msg):
		p.at--
	case keys.Down.Matches(msg):
		p.at++
	case keys.Home.Matches(msg):
		p.at = 0
	case keys.End.Matches(msg):
		p.at = count - 1
	default:
		return false
	}
	p.at = max(min(p.at, count-1), 0)
	return true
}

// drawEntry draws an entry of a list.
func drawEntry(f screen.Frame, label string, focused bool) string {
	return f.Highlight(f.WithMarker(label, focused), focused, f.Width)
}
