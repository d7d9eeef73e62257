package desk

import (
	"sync"
	"time"
)

// A Pace chooses how long the answers to a step take, so that their time does not tell outcomes
// apart (R25). It is shared by all desks of a process, and keeps a time for each step. The time
// is chosen before the work on an answer begins, from the slowest of the last answers, and holds
// for a while. So the work on an answer does not change its own time. A nil Pace returns the
// shortest time.
type Pace struct {
	mu    sync.Mutex
	steps map[string]*tempo
}

// tempo is the time that the answers to one step take.
type tempo struct {
	takes   time.Duration
	until   time.Time        // when takes is chosen anew
	slowest [2]time.Duration // the slowest answer since takes was chosen, and in the period before
}

const (
	stays = 5 * time.Minute // how long a time holds after it was chosen

	// longest bounds the time, as a multiple of the shortest time.
	longest = 20
)

// Settle returns how long an answer to a step that begins now takes. That is the least multiple
// of shortest that is a quarter more than the slowest of the last answers.
func (p *Pace) Settle(step string, shortest time.Duration, now time.Time) time.Duration {
	if p == nil || shortest <= 0 {
		return shortest
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.of(step)
	if left := t.until.Sub(now); left <= 0 || left > stays {
		slowest := max(t.slowest[0], t.slowest[1])
		times := (slowest + slowest/4 + shortest - 1) / shortest
		t.takes = shortest * min(max(times, 1), longest)
		t.until, t.slowest = now.Add(stays), [2]time.Duration{0, t.slowest[0]}
	}
	return t.takes
}

// Took records how long the work on an answer took. If it took longer than the chosen time,
// the next answer gets a new time.
func (p *Pace) Took(step string, work time.Duration) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.of(step)
	t.slowest[0] = max(t.slowest[0], work)
	if work > t.takes {
		t.until = time.Time{}
	}
}

func (p *Pace) of(step string) *tempo {
	if p.steps == nil {
		p.steps = map[string]*tempo{}
	}
	if p.steps[step] == nil {
		p.steps[step] = &tempo{}
	}
	return p.steps[step]
}
