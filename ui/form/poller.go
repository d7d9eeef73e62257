package form

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/clock"
)

// Poller polls the store for one form at a time, in the background. The zero value does not poll.
type Poller struct {
	poll   Poll
	cancel context.CancelFunc
}

type (
	// StartPoll is the message to run a poll in the background until Ctx is done.
	StartPoll struct {
		Ctx  context.Context
		Work func(context.Context) tea.Msg
	}

	// PollResult is the message that the event that a form waits for has happened.
	PollResult struct{ poll Poll }
)

// Follow makes the poller poll for wanted instead of what it polled for. It returns what must be started, or nil if nothing
// must be. The poll ends at the latest when ctx is done. reportError is called if the store cannot be asked.
func (p *Poller) Follow(ctx context.Context, clock *clock.Clock, wanted Poll, reportError func(error)) *StartPoll {
	if wanted == p.poll {
		return nil
	}
	p.Stop()
	p.poll = wanted
	if wanted == (Poll{}) {
		return nil
	}
	ctx, p.cancel = context.WithCancel(ctx)
	await := wanted.newPollFunc(clock, reportError)
	return &StartPoll{ctx, func(ctx context.Context) tea.Msg {
		if !await(ctx) {
			return nil
		}
		return PollResult{wanted}
	}}
}

// Stop stops polling. Follow can start it again.
func (p *Poller) Stop() {
	if p.cancel != nil {
		p.cancel()
	}
	*p = Poller{}
}

// IsPolling reports whether the poller polls.
func (p *Poller) IsPolling() bool { return p.poll != Poll{} }

// Handle submits the form whose event has happened, if that form is still the one that is polled for.
func (p *Poller) Handle(result PollResult) tea.Cmd {
	if result.poll != p.poll {
		return nil
	}
	return result.poll.submit()
}

// IsAwaitingEvent reports whether the event that is polled for can still happen at this time. If so, the visitor does not count as
// idle.
func (p *Poller) IsAwaitingEvent(now time.Time) bool { return p.poll.isAwaitingEvent(now) }
