package desk

import (
	"sync"
	"time"
)

// A ResponseTimes chooses how long the answers to each step take, so that the response time does not reveal the outcome (R25).
// All desks of a process share it.
//
// A duration is based on the slowest recent answer, and stays valid for some minutes. It is chosen before the work on an
// answer begins, so that the work cannot affect its own response time. A nil ResponseTimes returns the shortest duration.
type ResponseTimes struct {
	mu    sync.Mutex
	steps map[string]*stepResponseTime
}

// stepResponseTime is the response time of one step.
type stepResponseTime struct {
	duration   time.Duration
	validUntil time.Time        // validUntil is the time at which a new duration is chosen.
	slowest    [2]time.Duration // slowest has the slowest answer since duration was chosen, and the slowest in the period before.
}

const (
	stepTimeValidity = 5 * time.Minute // stepTimeValidity is how long a chosen duration stays valid.

	// maxResponseFactor limits a duration, as a multiple of the shortest duration.
	maxResponseFactor = 20
)

// AnswerDurationFor returns how long the answer to a step must take, if the work begins now. The duration is a multiple of shortest,
// and at least a quarter longer than the slowest recent answer.
func (p *ResponseTimes) AnswerDurationFor(step string, shortest time.Duration, now time.Time) time.Duration {
	if p == nil || shortest <= 0 {
		return shortest
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.findStepTime(step)
	if left := t.validUntil.Sub(now); left <= 0 || left > stepTimeValidity {
		slowest := max(t.slowest[0], t.slowest[1])
		times := (slowest + slowest/4 + shortest - 1) / shortest
		t.duration = shortest * min(max(times, 1), maxResponseFactor)
		t.validUntil, t.slowest = now.Add(stepTimeValidity), [2]time.Duration{0, t.slowest[0]}
	}
	return t.duration
}

// RecordWorkDuration records how long the work on an answer took. If the work exceeded the chosen duration, the next answer gets a
// new duration.
func (p *ResponseTimes) RecordWorkDuration(step string, work time.Duration) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.findStepTime(step)
	t.slowest[0] = max(t.slowest[0], work)
	if work > t.duration {
		t.validUntil = time.Time{}
	}
}

func (p *ResponseTimes) findStepTime(step string) *stepResponseTime {
	if p.steps == nil {
		p.steps = map[string]*stepResponseTime{}
	}
	if p.steps[step] == nil {
		p.steps[step] = &stepResponseTime{}
	}
	return p.steps[step]
}
