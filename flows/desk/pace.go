package desk

import (
	"sync"
	"time"
)

// A Pace settles how long answers take that must not be told apart by a clock (R25): at
// all desks of a process, and for each step by itself. The time is settled before the
// work on an answer begins, from the slowest of the last answers to that step, and
// stays for a while: so no answer's own work moves it. One that is nil does not change.
type Pace struct {
	mu    sync.Mutex
	steps map[string]*tempo
}

// tempo is how long the answers to one step take.
type tempo struct {
	takes   time.Duration
	until   time.Time        // when that is settled anew
	slowest [2]time.Duration // of the answers since it was settled, and of those before
}

const (
	stays = 5 * time.Minute // how long what is settled stays

	// Longest is the most that an answer takes, in times of the shortest.
	longest = 20
)

// Settle returns how long an answer to a step takes that begins now: the shortest time,
// or so many times that as gives a quarter more than the slowest of the last answers.
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

// Took says how long the work on an answer took. One that took longer than is settled
// has it settled anew for the next answer.
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
