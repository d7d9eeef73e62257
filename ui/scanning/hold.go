package scanning

import "time"

// A Hold notices that a key is held down: the terminal then repeats the press. The zero value has seen no press.
type Hold struct {
	key          string
	pressedAt    time.Time // pressedAt is when the key went down.
	repeatsFrom  time.Time // repeatsFrom is when the first repeat of the press came.
	lastAt       time.Time // lastAt is when the press or its last repeat came.
	repeats      int       // repeats is the number of repeats of the press.
	wasCompleted bool      // wasCompleted is true if RecordPress has reported this hold.
}

const (
	// HoldTime is how long a key must be held down. It is long enough for people who do not let go of a key quickly.
	HoldTime = 3 * time.Second

	// firstDelay is the longest time before the first repeat of a key that is held down. longestGap is the longest time between
	// later repeats, over a slow connection. On average they come within averageGap: nobody presses a key that fast again and
	// again.
	firstDelay = 1100 * time.Millisecond
	longestGap = 500 * time.Millisecond
	averageGap = 150 * time.Millisecond
)

// RecordPress records a press. heldFor is how long the key has been held down, or 0 if it may have been pressed several times.
// isComplete reports whether that is now HoldTime, once for each time that the key is held down.
func (h *Hold) RecordPress(key string, now time.Time) (heldFor time.Duration, isComplete bool) {
	if key != h.key || now.Sub(h.lastAt) > h.LongestGap() {
		*h = Hold{key: key, pressedAt: now, lastAt: now}
		return 0, false
	}
	if h.repeats == 0 {
		h.repeatsFrom = now
	}
	isFast := h.repeats > 0 && now.Sub(h.repeatsFrom) <= time.Duration(h.repeats)*averageGap
	if isFast {
		heldFor = now.Sub(h.pressedAt)
	}
	isComplete = heldFor >= HoldTime && !h.wasCompleted
	h.repeats, h.lastAt, h.wasCompleted = h.repeats+1, now, h.wasCompleted || isComplete
	return heldFor, isComplete
}

// LongestGap returns the longest time until the next press of a key that is held down.
func (h *Hold) LongestGap() time.Duration {
	if h.repeats == 0 {
		return firstDelay
	}
	return longestGap
}

// IsReleased reports whether the key that was last pressed is not held down any more.
func (h *Hold) IsReleased(now time.Time) bool { return now.Sub(h.lastAt) >= h.LongestGap() }
