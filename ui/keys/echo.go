package keys

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// accidentalRepeatTime is how long after a press the same key may be pressed again by accident, because it was pressed twice or is
// still held down.
const accidentalRepeatTime = 250 * time.Millisecond

// An RepeatFilter drops accidental repeats of the last key. If a press opened a screen or a question, a repeat of the press must
// not act on that screen or question (R31). The zero value drops nothing.
type RepeatFilter struct {
	key       string
	target    any // target is the screen or question that had the focus when the key was pressed.
	pressedAt time.Time
}

// ShouldDrop records a press, and reports whether it must be ignored, because it repeats the key that opened the current
// screen or question. Keys that only move may be repeated.
func (e *RepeatFilter) ShouldDrop(msg tea.KeyPressMsg, on any, now time.Time) bool {
	pressed := msg.String()
	if pressed == e.key && on != e.target && now.Sub(e.pressedAt) <= accidentalRepeatTime && !isMoveKey(msg) {
		e.pressedAt = now // A key that is held down repeats more than once.
		return true
	}
	*e = RepeatFilter{pressed, on, now}
	return false
}

// isMoveKey reports whether a key only moves the focus or scrolls.
func isMoveKey(msg tea.KeyPressMsg) bool {
	for _, key := range []Binding{MoveFocus, Left, Right, Home, End, Scroll} {
		if key.Matches(msg) {
			return true
		}
	}
	return false
}
