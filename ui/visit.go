package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/layout"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/words"
)

// beginVisit drops the current visit and begins a new one at home. The home menu shows endNotice, which may be nil. The
// language does not change.
func (a *App) beginVisit(endNotice func() text.Text) tea.Cmd {
	visit := flow.NewVisit(a.desk)
	visit.IsSlow = a.idle.HasVisitor() && a.visit.IsSlow
	a.beginVisitWith(visit, endNotice)
	a.idle.RestartVisit()
	return clearScreenCmd
}

// beginVisitWith drops the current visit, and opens the home menu for another.
func (a *App) beginVisitWith(visit *flow.Visit, endNotice func() text.Text) {
	a.cancelVisit()
	a.visit = visit
	a.ctx, a.cancelVisit = context.WithCancel(a.workers.Context())
	a.screens.BeginAtHome(pages.NewHome(a.visit, endNotice))
	a.dialog, a.viewport, a.loginCheck = nil, layout.Viewport{}, loginCheck{}
}

// endVisit ends the visit and prepares the kiosk for the next visitor.
func (a *App) endVisit(why flow.LogOutReason, endNotice func() text.Text) tea.Cmd {
	record := recordLeaving(*a.visit, why, a.options.Log)
	recordCmd := a.runInBackground(a.workers.Context(), record)
	a.reader.EndVisit(endNotice)
	a.resetLanguageAndTheme()
	a.aids.TurnOff()
	a.hasPressedKey, a.hasTouched = false, false
	a.idle = navigation.IdleTimer{}
	beginCmd := a.beginVisit(endNotice)
	if a.options.Handover.IsAway() {
		a.workers.StartWork(func() { record(a.workers.Context()) }) // No command runs any more.
		return a.returnToPlain(endNotice)
	}
	if endNotice == nil {
		a.showAttract()
	}
	return tea.Batch(recordCmd, beginCmd)
}

// handleLoginCheck ends the visit if its login has ended, unless the customer has logged in
// again since the check began.
func (a *App) handleLoginCheck(s loginCheckResult) tea.Cmd {
	if !errors.Is(s.err, flow.ErrLoginEnded) || a.isBusy() || s.credential != a.visit.Credential() {
		return nil
	}
	return a.endVisit(flow.ReasonLoginRevoked, text.TextFunc(flow.LoginEndedText))
}

// logOut ends the visit because the visitor chose to log out.
func (a *App) logOut() tea.Cmd {
	if !a.visit.HasCustomer() {
		return a.endVisit(flow.ReasonLoggedOut, nil)
	}
	return a.endVisit(flow.ReasonLoggedOut, text.TextFunc(words.LeaveTextsForVisit(a.visit).Left))
}

// Close ends all background work, and the visit unless it continues on the plain face. It abandons the
// flows of open forms.
func (a *App) Close() {
	a.cancelVisit()
	a.workers.Shutdown()
	if a.options.Handover.HasVisit() {
		return // The visit goes on.
	}
	a.reader.ForgetVisit()
	ctx, cancel := context.WithTimeout(context.Background(), recordLeavingTimeout)
	defer cancel()
	cancelOpenFlows(ctx, a.options.Log, a.screens.OpenScreens())
	if err := a.visit.LogOut(ctx, flow.ReasonDisconnected); err != nil {
		a.options.Log.Error("leave", "visit", a.visit.ID, "error", err)
	}
}
