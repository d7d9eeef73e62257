package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/ui/form"
	"loket/ui/screen"
)

// poller polls for the form on top. The zero poller polls nothing.
type poller struct {
	poll   form.Poll
	cancel context.CancelFunc
}

type (
	// startPoll has the kiosk run a poll in the background until ctx is done.
	startPoll struct {
		ctx  context.Context
		work func(context.Context) tea.Msg
	}

	// pollResult says that a form need wait no longer.
	pollResult struct{ poll form.Poll }
)

// updatePolling starts to poll for the form on top if that form waits for something, and
// stops polling for any other form. It does not poll while another screen is on top or a
// question is open.
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

// stopPolling stops polling, until updatePolling starts it.
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

// handlePollResult submits a form that need wait no longer, if that form is still on top.
func (a *App) handlePollResult(result pollResult) tea.Cmd {
	if result.poll != a.poller.poll {
		return nil
	}
	return a.bindToVisit(result.poll.Submit())
}

// isWaiting reports whether the form on top waits for something elsewhere, as for a phone.
// The visitor is not idle then.
func (a *App) isWaiting() bool { return a.poller.poll.IsWaiting(a.desk.Clock.Now()) }
