package desk

import (
	"sync"
	"time"
)

// A ResponseTimes chooses how long the answers to a step take, so that their time does not tell outcomes
// apart (R25). It is shared by all desks of a process, and keeps a time for each step. The time
// is chosen before the work on an answer begins, from the slowest of the last answers, and holds
// for a while. So the work on an answer does not change its own time. A nil ResponseTimes returns the
// shortest time.
type ResponseTimes struct {
	mu    sync.Mutex
	steps map[string]*stepTime
}

// stepTime is the time that the answers to one step take.
type stepTime struct {
	duration   time.Duration
	validUntil time.Time        // when takes is chosen anew
	slowest    [2]time.Duration // the slowest answer since takes was chosen, and in the period before
}

const (
	stepTimeValidity = 5 * time.Minute // how long a time holds after it was chosen

	// maxTimeFactor bounds the time, as a multiple of the shortest time.
	maxTimeFactor = 20
)

// DurationFor returns how long an answer to a step that begins now takes. That is the least multiple
// of shortest that is a quarter more than the slowest of the last answers.
func (p *ResponseTimes) DurationFor(step string, shortest time.Duration, now time.Time) time.Duration {
	if p == nil || shortest <= 0 {
		return shortest
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.stepTimeOf(step)
	if left := t.validUntil.Sub(now); left <= 0 || left > stepTimeValidity {
		slowest := max(t.slowest[0], t.slowest[1])
		times := (slowest + slowest/4 + shortest - 1) / shortest
		t.duration = shortest * min(max(times, 1), maxTimeFactor)
		t.validUntil, t.slowest = now.Add(stepTimeValidity), [2]time.Duration{0, t.slowest[0]}
	}
	return t.duration
}

// RecordDuration records how long the work on an answer took. If it took longer than the chosen time,
// the next answer gets a new time.
func (p *ResponseTimes) RecordDuration(step string, work time.Duration) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.stepTimeOf(step)
	t.slowest[0] = max(t.slowest[0], work)
	if work > t.duration {
		t.validUntil = time.Time{}
	}
}

func (p *ResponseTimes) stepTimeOf(step string) *stepTime {
	if p.steps == nil {
		p.steps = map[string]*stepTime{}
	}
	if p.steps[step] == nil {
		p.steps[step] = &stepTime{}
	}
	return p.steps[step]
}
