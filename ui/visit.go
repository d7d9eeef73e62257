package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/form"
	"loket/ui/layout"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/words"
)

// beginVisit drops the current visit and begins a new one at home. The home menu shows endNotice, which may be nil. The
// language does not change.
func (a *App) beginVisit(endNotice func() text.Text) tea.Cmd {
	a.cancelVisit()
	isSlow := a.idle.HasVisitor() && a.visit.IsSlow
	a.visit = flow.NewVisit(a.desk)
	a.visit.IsSlow = isSlow
	a.ctx, a.cancelVisit = context.WithCancel(a.workers.Context())
	a.screens.BeginAtHome(pages.NewHome(a.visit, endNotice))
	a.dialog, a.viewport = nil, layout.Viewport{}
	a.idle.RestartVisit()
	a.loginCheck = loginCheck{}
	return clearScreenCmd
}

// clearScreenCmd clears the screen and the scrollback of the terminal (R19). Most terminals
// keep no scrollback of the alternate screen, but some consoles have no alternate screen.
var clearScreenCmd = tea.Sequence(tea.Raw(ansi.EraseDisplay(3)), tea.ClearScreen)

// endVisit ends the visit and prepares the kiosk for the next visitor.
func (a *App) endVisit(why flow.LogOutReason, endNotice func() text.Text) tea.Cmd {
	recordCmd := a.runInBackground(a.workers.Context(), recordLeaving(*a.visit, why, a.options.Log))
	a.reader.EndVisit(endNotice)
	a.resetLanguageAndTheme()
	a.aids.TurnOff()
	a.idle = navigation.IdleTimer{}
	beginCmd := a.beginVisit(endNotice)
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

// Close ends the visit and all background work after the terminal is gone. It abandons the
// flows of open forms.
func (a *App) Close() {
	a.cancelVisit()
	a.workers.Shutdown()
	a.reader.Close()
	ctx, cancel := context.WithTimeout(context.Background(), recordLeavingTimeout)
	defer cancel()
	for _, s := range a.screens.OpenScreens() {
		if f, is := s.(*form.Form); is {
			cancelFlow(ctx, a.options.Log, f)
		}
	}
	if err := a.visit.LogOut(ctx, flow.ReasonDisconnected); err != nil {
		a.options.Log.Error("leave", "visit", a.visit.ID, "error", err)
	}
}
