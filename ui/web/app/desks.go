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

// DeskFinder finds the desk that a code may be of; nil if it is of none.
type DeskFinder func(code string) *desk.Desk

// A CodeRegistry knows which desk each code is of, where every visitor has one of
// their own. Its zero value knows none.
type CodeRegistry struct {
	mu    sync.Mutex
	calls map[string]shownCode
}

// A shownCode is a code that a desk showed. It does not keep the desk of a visitor who left.
type shownCode struct {
	desk  weak.Pointer[desk.Desk]
	until time.Time // by the clock of the desk, which its visitor can move
}

// Bounds of a Switchboard.
const (
	maxCodes        = 2048
	maxCodesPerDesk = 8
	keepExpired     = 15 * time.Minute // in which a phone hears that it is too late, and an answer is noted
)

// RegisterCode remembers that a desk shows a code until then: see [flows.App.Announce].
func (s *CodeRegistry) RegisterCode(d *desk.Desk, code string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.calls, func(_ string, c shownCode) bool { return c.isForgettable() })
	if s.calls == nil {
		s.calls = map[string]shownCode{}
	}
	s.evictOldest(maxCodesPerDesk, func(c shownCode) bool { return c.desk == weak.Make(d) })
	if len(s.calls) >= maxCodes {
		s.evictOldest(maxCodes, func(shownCode) bool { return true })
	}
	s.calls[code] = shownCode{weak.Make(d), until}
}

// evictOldest makes room for one more of a kind that has a limit. Those go
// that soonest mean nothing any more.
func (s *CodeRegistry) evictOldest(most int, kind func(shownCode) bool) {
	var codes []string
	for code, c := range s.calls {
		if kind(c) {
			codes = append(codes, code)
		}
	}
	if len(codes) < most {
		return
	}
	first := slices.MinFunc(codes, func(a, b string) int { return cmp.Compare(s.calls[a].timeLeft(), s.calls[b].timeLeft()) })
	delete(s.calls, first)
}

// timeLeft is how long the code still works: not at all, once its desk is gone.
func (c shownCode) timeLeft() time.Duration {
	d := c.desk.Value()
	if d == nil {
		return math.MinInt64
	}
	return c.until.Sub(d.Clock.Now())
}

// isForgettable reports whether nobody need know of it any more.
func (c shownCode) isForgettable() bool { return c.timeLeft() < -keepExpired }

// Desk is the desk that a code is of: it is a [Desks].
func (s *CodeRegistry) Desk(code string) *desk.Desk {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.calls[code]
	if !known || c.isForgettable() {
		return nil
	}
	return c.desk.Value()
}
