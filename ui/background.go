package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
)

// beside does work beside the screens. What it returns comes to every screen of the
// visit.
func (a *App) beside(ctx context.Context, work func(context.Context) tea.Msg) tea.Cmd {
	workers := a.workers
	return a.guard(func() tea.Msg {
		return workers.Run(func() tea.Msg { return work(ctx) })
	})
}

// ofVisit is a message that is for one visit alone: what comes when that is over must
// not reach the next visitor (R19).
type ofVisit struct {
	visit *flow.Visit
	msg   tea.Msg
}

// guard keeps what a screen's command gives within this visit, a fault included.
func (a *App) guard(cmd tea.Cmd) tea.Cmd {
	visit := a.visit
	return catching(cmd, func(msg tea.Msg) tea.Msg { return ofVisit{visit, msg} })
}
