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

// Desks finds the desk that a code may be of; nil if it is of none.
type Desks func(code string) *desk.Desk

// A Switchboard knows which desk each code is of, where every visitor has one of
// their own. Its zero value knows none.
type Switchboard struct {
	mu    sync.Mutex
	calls map[string]call
}

// A call is a code that a desk showed. It does not keep the desk of a visitor who left.
type call struct {
	desk  weak.Pointer[desk.Desk]
	until time.Time // by the clock of the desk, which its visitor can move
}

// Bounds of a Switchboard.
const (
	mostCalls   = 2048
	callsOfDesk = 8
	lateness    = 15 * time.Minute // in which a phone hears that it is too late, and an answer is noted
)

// Announce remembers that a desk shows a code until then: see [flows.App.Announce].
func (s *Switchboard) Announce(d *desk.Desk, code string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.calls, func(_ string, c call) bool { return c.over() })
	if s.calls == nil {
		s.calls = map[string]call{}
	}
	s.forget(callsOfDesk, func(c call) bool { return c.desk == weak.Make(d) })
	if len(s.calls) >= mostCalls {
		s.forget(mostCalls, func(call) bool { return true })
	}
	s.calls[code] = call{weak.Make(d), until}
}

// forget makes room for one more of a kind that has a limit. Those go
// that soonest mean nothing any more.
func (s *Switchboard) forget(most int, kind func(call) bool) {
	var codes []string
	for code, c := range s.calls {
		if kind(c) {
			codes = append(codes, code)
		}
	}
	if len(codes) < most {
		return
	}
	first := slices.MinFunc(codes, func(a, b string) int { return cmp.Compare(s.calls[a].left(), s.calls[b].left()) })
	delete(s.calls, first)
}

// left is how long the code still works: not at all, once its desk is gone.
func (c call) left() time.Duration {
	d := c.desk.Value()
	if d == nil {
		return math.MinInt64
	}
	return c.until.Sub(d.Clock.Now())
}

// over reports whether nobody need know of it any more.
func (c call) over() bool { return c.left() < -lateness }

// Desk is the desk that a code is of: it is a [Desks].
func (s *Switchboard) Desk(code string) *desk.Desk {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.calls[code]
	if !known || c.over() {
		return nil
	}
	return c.desk.Value()
}
