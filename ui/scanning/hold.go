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

	// ignoreAfter is how long a key may be held down before its repeats have no effect of their own.
	ignoreAfter = time.Second

	// firstDelay is the longest time before the first repeat of a key that is held down. longestGap is the longest time between
	// later repeats, over a slow connection. On average they come within averageGap: nobody presses a key that fast again and
	// again.
	firstDelay = 1100 * time.Millisecond
	longestGap = 500 * time.Millisecond
	averageGap = 150 * time.Millisecond
)

// RecordPress records a press. isHeld reports whether the key has now been held down for HoldTime, once for each time that it is
// held down. isRepeat reports whether the press is a repeat that must have no effect of its own.
func (h *Hold) RecordPress(key string, now time.Time) (isHeld, isRepeat bool) {
	longest := longestGap
	if h.repeats == 0 {
		longest = firstDelay
	}
	if key != h.key || now.Sub(h.lastAt) > longest {
		*h = Hold{key: key, pressedAt: now, lastAt: now}
		return false, false
	}
	if h.repeats == 0 {
		h.repeatsFrom = now
	}
	isFast := h.repeats > 0 && now.Sub(h.repeatsFrom) <= time.Duration(h.repeats)*averageGap
	held := now.Sub(h.pressedAt)
	isRepeat = isFast && held >= ignoreAfter
	isHeld = isFast && held >= HoldTime && !h.wasCompleted
	h.repeats, h.lastAt, h.wasCompleted = h.repeats+1, now, h.wasCompleted || isHeld
	return isHeld, isRepeat
}
