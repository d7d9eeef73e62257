package app

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"sync"
	"time"
	"weak"

	"loket/flows/desk"
)

// DeskFinder returns the desk that may have shown a code, or nil if there is none.
type DeskFinder func(code string) *desk.Desk

// A CodeRegistry finds the desk that shows a code, for servers on which every visitor has a desk. The zero value has no codes.
type CodeRegistry struct {
	mu    sync.Mutex
	codes map[string]shownCode
}

// A shownCode is a code that a desk shows. Its pointer to the desk is weak, so the desk of a visitor who has left does not
// stay in memory.
type shownCode struct {
	desk       weak.Pointer[desk.Desk]
	validUntil time.Time // validUntil is a time on the clock of the desk, which the visitor can change.
}

// The limits of a CodeRegistry.
const (
	maxCodes        = 2048
	maxCodesPerDesk = 8
	// expiredKeepTime is how long an expired code stays known, so that the phone learns that the code has expired and its
	// answer is recorded.
	expiredKeepTime = 15 * time.Minute
)

// RegisterCode records that a desk shows a code until the given time.
func (s *CodeRegistry) RegisterCode(d *desk.Desk, code string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.codes, func(_ string, c shownCode) bool { return c.isLongExpired() })
	if s.codes == nil {
		s.codes = map[string]shownCode{}
	}
	s.evictOldest(maxCodesPerDesk, func(c shownCode) bool { return c.desk == weak.Make(d) })
	if len(s.codes) >= maxCodes {
		s.evictOldest(maxCodes, func(shownCode) bool { return true })
	}
	s.codes[code] = shownCode{weak.Make(d), until}
}

// evictOldest makes room for a code of a kind, if there are already as many as allowed, by removing the one with the least
// time left. The function kind selects the codes.
func (s *CodeRegistry) evictOldest(most int, kind func(shownCode) bool) {
	var codes []string
	for code, c := range s.codes {
		if kind(c) {
			codes = append(codes, code)
		}
	}
	if len(codes) < most {
		return
	}
	first := slices.MinFunc(codes, func(a, b string) int { return cmp.Compare(s.codes[a].timeLeft(), s.codes[b].timeLeft()) })
	delete(s.codes, first)
}

// timeLeft returns how long the code is still valid. If the desk no longer exists, the result is less than that of any other
// code.
func (c shownCode) timeLeft() time.Duration {
	d := c.desk.Value()
	if d == nil {
		return math.MinInt64
	}
	return c.validUntil.Sub(d.Clock.Now())
}

// isLongExpired reports whether the code expired more than expiredKeepTime ago.
func (c shownCode) isLongExpired() bool { return c.timeLeft() < -expiredKeepTime }

// FindDesk returns the desk that shows a code, or nil if there is none. It is a [DeskFinder].
func (s *CodeRegistry) FindDesk(code string) *desk.Desk {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.codes[code]
	if !known || c.isLongExpired() {
		return nil
	}
	return c.desk.Value()
}
