package keys

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// echoInterval is how long after a press the same key may come again by accident, because it was
// struck twice or is still held.
const echoInterval = 250 * time.Millisecond

// An EchoFilter filters out accidental repeats of the last key. If a press opened a screen or a
// question, its repeat must not act on what it opened (R31). The zero value filters nothing.
type EchoFilter struct {
	key       string
	target    any // what had the focus when the key was pressed
	pressedAt time.Time
}

// ShouldDrop reports whether a press must be ignored, because it repeats the key that opened what
// is shown now, and records the press. Keys that only move may be held.
func (e *EchoFilter) ShouldDrop(msg tea.KeyPressMsg, on any, now time.Time) bool {
	pressed := msg.String()
	if pressed == e.key && on != e.target && now.Sub(e.pressedAt) <= echoInterval && !isMoveKey(msg) {
		e.pressedAt = now // a held key repeats more than once
		return true
	}
	*e = EchoFilter{pressed, on, now}
	return false
}

// isMoveKey reports whether a key only moves the focus or scrolls.
func isMoveKey(msg tea.KeyPressMsg) bool {
	for _, key := range []Binding{Move, Left, Right, Home, End, Scroll} {
		if key.Matches(msg) {
			return true
		}
	}
	return false
}
