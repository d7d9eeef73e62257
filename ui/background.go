package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
)

// runInBackground returns a command that runs work in the background. Every screen of the visit receives the message that work
// returns.
func (a *App) runInBackground(ctx context.Context, work func(context.Context) tea.Msg) tea.Cmd {
	workers := a.workers
	return a.bindToVisit(func() tea.Msg {
		return workers.RunWork(func() tea.Msg { return work(ctx) })
	})
}

// visitBoundMsg is a message that belongs to one visit. If it is received after that visit, it is dropped, so that it does not
// reach the next visitor (R19).
type visitBoundMsg struct {
	visit *flow.Visit
	msg   tea.Msg
}

// bindToVisit returns a command that marks the message of cmd, or its panic, as belonging to the current visit.
func (a *App) bindToVisit(cmd tea.Cmd) tea.Cmd {
	visit := a.visit
	return catchCmdPanic(cmd, func(msg tea.Msg) tea.Msg { return visitBoundMsg{visit, msg} })
}
