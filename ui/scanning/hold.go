package scanning

import "time"

// A Hold notices that a key is held down: the terminal then repeats the press. The zero value has seen no press.
type Hold struct {
	key          string
	pressedAt    time.Time // pressedAt is when the key went down.
	repeatedAt   time.Time // repeatedAt is when the press or its last repeat came.
	repeats      int       // repeats is the number of repeats of the press.
	wasCompleted bool      // wasCompleted is true if RecordPress has reported this hold.
}

const (
	// HoldTime is how long a key must be held down. It is long enough for people who do not let go of a key quickly.
	HoldTime = 3 * time.Second

	// ignoreAfter is how long a key may be held down before its repeats have no effect of their own.
	ignoreAfter = time.Second

	// firstDelay is the longest time before the first repeat of a key that is held down, and repeatInterval the longest time
	// between later repeats. Nobody presses a key that fast again and again.
	firstDelay     = 1100 * time.Millisecond
	repeatInterval = 150 * time.Millisecond
)

// RecordPress records a press. isHeld reports whether the key has now been held down for HoldTime, once for each time that it is
// held down. isRepeat reports whether the press is a repeat that must have no effect of its own.
func (h *Hold) RecordPress(key string, now time.Time) (isHeld, isRepeat bool) {
	longest := repeatInterval
	if h.repeats == 0 {
		longest = firstDelay
	}
	if key != h.key || now.Sub(h.repeatedAt) > longest {
		*h = Hold{key: key, pressedAt: now, repeatedAt: now}
		return false, false
	}
	held := now.Sub(h.pressedAt)
	isRepeat = h.repeats > 0 && held >= ignoreAfter
	isHeld = held >= HoldTime && !h.wasCompleted
	h.repeats, h.repeatedAt, h.wasCompleted = h.repeats+1, now, h.wasCompleted || isHeld
	return isHeld, isRepeat
}
