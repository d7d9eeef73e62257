package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/ui/form"
	"loket/ui/screen"
)

// poller polls the store for the form on top. The zero value does not poll.
type poller struct {
	poll   form.Poll
	cancel context.CancelFunc
}

type (
	// startPoll is the message to run a poll in the background until ctx is done.
	startPoll struct {
		ctx  context.Context
		work func(context.Context) tea.Msg
	}

	// pollResult is the message that the event that a form waits for has happened.
	pollResult struct{ poll form.Poll }
)

// updatePolling starts to poll for the form on top if that form waits for an event, and stops polling for any other form. It
// does not poll while another screen is on top or a question is open.
func (a *App) updatePolling() tea.Cmd {
	var wanted form.Poll
	if f, is := a.topScreen().(*form.Form); is && a.dialog == nil {
		wanted = f.CurrentPoll()
	}
	if wanted == a.poller.poll {
		return nil
	}
	a.stopPolling()
	a.poller.poll = wanted
	if wanted == (form.Poll{}) {
		return nil
	}
	ctx, stop := context.WithCancel(a.ctx)
	a.poller.cancel = stop
	return a.bindToVisit(screen.Send(startPoll{ctx, a.newPollFunc(wanted)}))
}

// stopPolling stops polling. updatePolling can start it again.
func (a *App) stopPolling() {
	if a.poller.cancel != nil {
		a.poller.cancel()
	}
	a.poller = poller{}
}

// newPollFunc returns the background work of a poll.
func (a *App) newPollFunc(poll form.Poll) func(context.Context) tea.Msg {
	log, visit := a.options.Log, a.visit.ID
	await := poll.NewPollFunc(a.desk.Clock, func(err error) {
		log.Error("look whether a phone came", "visit", visit, "error", err)
	})
	return func(ctx context.Context) tea.Msg {
		if !await(ctx) {
			return nil
		}
		return pollResult{poll}
	}
}

// handlePollResult submits the form whose event has happened, if that form is still on top.
func (a *App) handlePollResult(result pollResult) tea.Cmd {
	if result.poll != a.poller.poll {
		return nil
	}
	return a.bindToVisit(result.poll.Submit())
}

// isFormWaiting reports whether the form on top waits for an event elsewhere, such as an answer from a phone. If so, the visitor
// does not count as idle.
func (a *App) isFormWaiting() bool { return a.poller.poll.IsAwaitingEvent(a.desk.Clock.Now()) }
