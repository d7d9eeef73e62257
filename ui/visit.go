package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/form"
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
	a.ctx, a.cancelVisit = context.WithCancel(a.workers.ctx)
	a.screens.BeginAtHome(pages.NewHome(a.visit, endNotice))
	a.dialog, a.viewport = nil, viewport{}
	a.idle.RestartVisit()
	a.checkedAt = time.Time{}
	return clearScreenCmd
}

// clearScreenCmd clears the screen and the scrollback of the terminal (R19). Most terminals
// keep no scrollback of the alternate screen, but some consoles have no alternate screen.
var clearScreenCmd = tea.Sequence(tea.Raw(ansi.EraseDisplay(3)), tea.ClearScreen)

// endVisit ends the visit and prepares the kiosk for the next visitor.
func (a *App) endVisit(why flow.LogOutReason, endNotice func() text.Text) tea.Cmd {
	recordCmd := a.recordLeaving(why)
	a.endSpeech(endNotice)
	a.resetLanguageAndTheme()
	a.aids = aids{}
	a.idle = navigation.IdleTimer{}
	beginCmd := a.beginVisit(endNotice)
	if endNotice == nil {
		a.showAttract()
	}
	return tea.Batch(recordCmd, beginCmd)
}

// recordLeavingTimeout is the maximum time for recording that a visitor left.
const recordLeavingTimeout = 5 * time.Second

// recordLeaving records in the background that a customer left. It uses a copy of the visit, which no other goroutine uses.
func (a *App) recordLeaving(why flow.LogOutReason) tea.Cmd {
	if !a.visit.HasCustomer() {
		return nil
	}
	visit, log := *a.visit, a.options.Log
	return a.runInBackground(a.workers.ctx, func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordLeavingTimeout)
		defer cancel()
		if err := visit.LogOut(ctx, why); err != nil {
			log.Error("leave", "visit", visit.ID, "error", err)
		}
		return nil
	})
}

// loginCheckInterval is how often the kiosk checks whether the login of the customer has been ended elsewhere.
const loginCheckInterval = 5 * time.Second

// loginCheckResult is the result of checking a login, with the credential that was checked.
type loginCheckResult struct {
	credential flow.Credential
	err        error
}

// checkLogin checks in the background, every few seconds, whether the login of the visit is still valid. It uses a copy of the
// visit, which no other goroutine uses.
func (a *App) checkLogin() tea.Cmd {
	now := a.idle.Now()
	if a.checkedAt.IsZero() {
		a.checkedAt = now // The visit has just begun.
	}
	if !a.visit.LoggedIn() || now.Sub(a.checkedAt) < loginCheckInterval {
		return nil
	}
	a.checkedAt = now
	visit := *a.visit
	return a.runInBackground(a.ctx, func(ctx context.Context) tea.Msg {
		return loginCheckResult{visit.Credential(), visit.CheckLogin(ctx)}
	})
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
	if a.options.Speaker != nil {
		a.options.Speaker.TurnOff()
	}
	ctx, cancel := context.WithTimeout(context.Background(), recordLeavingTimeout)
	defer cancel()
	for _, s := range a.screens.OpenScreens() {
		if f, is := s.(*form.Form); is {
			a.cancelFlow(ctx, f)
		}
	}
	if err := a.visit.LogOut(ctx, flow.ReasonDisconnected); err != nil {
		a.options.Log.Error("leave", "visit", a.visit.ID, "error", err)
	}
}
