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

// DeskFinder returns the desk that may have shown a code, or nil.
type DeskFinder func(code string) *desk.Desk

// A CodeRegistry finds the desk that shows a code, where every visitor has a desk. The zero
// value has no codes.
type CodeRegistry struct {
	mu    sync.Mutex
	codes map[string]shownCode
}

// A shownCode is a code that a desk shows. It does not keep the desk of a visitor who left in
// memory.
type shownCode struct {
	desk  weak.Pointer[desk.Desk]
	until time.Time // by the clock of the desk, which its visitor can move
}

// Bounds of a CodeRegistry.
const (
	maxCodes        = 2048
	maxCodesPerDesk = 8
	expiredKeepTime = 15 * time.Minute // how long a phone is told that its code expired, and an answer is recorded
)

// RegisterCode records that a desk shows a code until a time.
func (s *CodeRegistry) RegisterCode(d *desk.Desk, code string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.codes, func(_ string, c shownCode) bool { return c.isForgettable() })
	if s.codes == nil {
		s.codes = map[string]shownCode{}
	}
	s.evictOldest(maxCodesPerDesk, func(c shownCode) bool { return c.desk == weak.Make(d) })
	if len(s.codes) >= maxCodes {
		s.evictOldest(maxCodes, func(shownCode) bool { return true })
	}
	s.codes[code] = shownCode{weak.Make(d), until}
}

// evictOldest removes the code with the least time left among those of a kind, if there are
// most or more of them.
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

// timeLeft returns how long the code is still valid. It is less than any other time if the
// desk is gone.
func (c shownCode) timeLeft() time.Duration {
	d := c.desk.Value()
	if d == nil {
		return math.MinInt64
	}
	return c.until.Sub(d.Clock.Now())
}

// isForgettable reports whether the code expired so long ago that it can be removed.
func (c shownCode) isForgettable() bool { return c.timeLeft() < -expiredKeepTime }

// Desk returns the desk that shows a code, or nil. It is a [DeskFinder].
func (s *CodeRegistry) Desk(code string) *desk.Desk {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.codes[code]
	if !known || c.isForgettable() {
		return nil
	}
	return c.desk.Value()
}
