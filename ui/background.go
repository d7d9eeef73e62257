package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
)

// runBeside does work beside the screens. What it returns comes to every screen of the
// visit.
func (a *App) runBeside(ctx context.Context, work func(context.Context) tea.Msg) tea.Cmd {
	workers := a.workers
	return a.keepWithinVisit(func() tea.Msg {
		return workers.Do(func() tea.Msg { return work(ctx) })
	})
}

// visitMsg is a message that is for one visit alone: what comes when that is over must
// not reach the next visitor (R19).
type visitMsg struct {
	visit *flow.Visit
	msg   tea.Msg
}

// keepWithinVisit keeps what a screen's command gives within this visit, a fault included.
func (a *App) keepWithinVisit(cmd tea.Cmd) tea.Cmd {
	visit := a.visit
	return catchInCmd(cmd, func(msg tea.Msg) tea.Msg { return visitMsg{visit, msg} })
}
