package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/ui/form"
	"loket/ui/screen"
)

// poller polls on behalf of the form on top. The zero poller polls nothing.
type poller struct {
	poll form.Poll
	stop context.CancelFunc
}

type (
	// startPoll is a poll to be carried out beside the screens until ctx is done.
	startPoll struct {
		ctx  context.Context
		work func(context.Context) tea.Msg
	}

	// pollResult is that what a form waited for has come.
	pollResult struct{ poll form.Poll }
)

// updatePolling starts to poll for the form on top if that waits for something, and
// stops polling for any other. While the visitor looks at something else, or is asked
// something, the form waits for them.
func (a *App) updatePolling() tea.Cmd {
	var wanted form.Poll
	if f, is := a.topScreen().(*form.Form); is && a.dialog == nil {
		wanted = f.Polling()
	}
	if wanted == a.poller.poll {
		return nil
	}
	if a.poller.stop != nil {
		a.poller.stop()
	}
	a.poller = poller{poll: wanted}
	if wanted == (form.Poll{}) {
		return nil
	}
	ctx, stop := context.WithCancel(a.ctx)
	a.poller.stop = stop
	return a.keepWithinVisit(screen.Send(startPoll{ctx, a.pollWork(wanted)}))
}

// pollWork is the work of a poll.
func (a *App) pollWork(poll form.Poll) func(context.Context) tea.Msg {
	log, visit := a.options.Log, a.visit.ID
	await := poll.NewPoll(a.desk.Clock, func(err error) {
		log.Error("look whether a phone came", "visit", visit, "error", err)
	})
	return func(ctx context.Context) tea.Msg {
		if !await(ctx) {
			return nil
		}
		return pollResult{poll}
	}
}

// pollDone goes on with a form, if it still is the one on top.
func (a *App) pollDone(result pollResult) tea.Cmd {
	if result.poll != a.poller.poll {
		return nil
	}
	return a.keepWithinVisit(result.poll.Submit())
}

// isWaiting reports whether the visitor waits for something elsewhere, so that it is not
// they who are idle.
func (a *App) isWaiting() bool { return a.poller.poll.IsWaiting(a.desk.Clock.Now()) }
