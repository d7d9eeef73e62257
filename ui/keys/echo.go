package keys

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// accidentalRepeatTime is how long after a press the same key may be pressed again by accident, because it was pressed twice
	// or is still held down.
	accidentalRepeatTime = 250 * time.Millisecond

	// sameKeyInterval is the least time between two presses of the same key for visitors who asked for that. EN 301 549 asks for
	// half a second (5.8). It is longer, because a terminal may wait for a second before it repeats a key that is held down (5.7).
	sameKeyInterval = 1200 * time.Millisecond
)

// A RepeatFilter drops accidental repeats of the last key. If a press opened a screen or a question, a repeat of the press must
// not act on that screen or question (R31). The zero value drops nothing.
type RepeatFilter struct {
	key       string
	target    any // target is the screen or question that had the focus when the key was pressed.
	pressedAt time.Time
}

// ShouldDrop records a press, and reports whether it must be ignored, because it repeats the key that opened the current
// screen or question. Keys that only move may be repeated. If ignoresRepeats is true, it also ignores a press that comes soon after
// the same one, on any screen.
func (e *RepeatFilter) ShouldDrop(msg tea.KeyPressMsg, on any, now time.Time, ignoresRepeats bool) bool {
	pressed, since := msg.String(), now.Sub(e.pressedAt)
	isEcho := on != e.target && since <= accidentalRepeatTime && !isMoveKey(msg)
	if pressed == e.key && (isEcho || ignoresRepeats && since < sameKeyInterval) {
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
