package background

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
)

// VisitMsg is a message that belongs to one visit. If it is received after that visit, it must be dropped, so that it does not
// reach the next visitor (R19).
type VisitMsg struct {
	Visit *flow.Visit
	Msg   tea.Msg
}

// BindToVisit returns a command that marks the message of cmd, or its panic, as belonging to a visit.
func BindToVisit(visit *flow.Visit, cmd tea.Cmd) tea.Cmd {
	return CatchCmdPanic(cmd, func(msg tea.Msg) tea.Msg { return VisitMsg{visit, msg} })
}

// RunForVisit returns a command that runs work for a visit in the background. Its message is a VisitMsg.
func (w *Workers) RunForVisit(ctx context.Context, visit *flow.Visit, work func(context.Context) tea.Msg) tea.Cmd {
	return BindToVisit(visit, func() tea.Msg {
		return w.RunWork(func() tea.Msg { return work(ctx) })
	})
}
