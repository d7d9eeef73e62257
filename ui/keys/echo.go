package keys

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// echoes is how long after a press the same key may come again without being meant again:
// it was struck twice, or is still held.
const echoes = 250 * time.Millisecond

// An Echo is the key that was pressed last, which may come again by itself. What came up by
// that press does not take it (R31). The zero Echo is of no key.
type Echo struct {
	key string
	on  any // what the key was pressed on
	at  time.Time
}

// Drops reports whether a press, on what is there now, is the echo of the one that brought it
// there. Keys that move may be held.
func (e *Echo) Drops(msg tea.KeyPressMsg, on any, now time.Time) bool {
	pressed := msg.String()
	if pressed == e.key && on != e.on && now.Sub(e.at) <= echoes && !moves(msg) {
		e.at = now // a key that is held comes again and again
		return true
	}
	*e = Echo{pressed, on, now}
	return false
}

// moves reports whether a key does nothing but move.
func moves(msg tea.KeyPressMsg) bool {
	for _, key := range []Binding{Move, Left, Right, Home, End, Scroll} {
		if key.Matches(msg) {
			return true
		}
	}
	return false
}
