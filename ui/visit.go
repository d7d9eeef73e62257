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

// beginVisit forgets the visit that was and begins another one at home, with a word
// about how the last one ended, if there is one. The language stays.
func (a *App) beginVisit(endNotice func() text.Text) tea.Cmd {
	a.leave()
	a.visit = flow.NewVisit(a.desk)
	a.ctx, a.leave = context.WithCancel(a.workers.ctx)
	a.screens.Begin(pages.NewHome(a.visit, endNotice))
	a.dialog, a.viewport = nil, viewport{}
	a.idle.Renew()
	a.checked = time.Time{}
	return clearScreen
}

// clearScreen clears the screen, and what the terminal remembers of it (R19). Most
// keep nothing of the alternate screen; some consoles have none.
var clearScreen = tea.Sequence(tea.Raw(ansi.EraseDisplay(3)), tea.ClearScreen)

// endVisit ends the visit for whoever comes next.
func (a *App) endVisit(why flow.LeaveReason, endNotice func() text.Text) tea.Cmd {
	left := a.noteLeaving(why)
	a.resetLanguageAndTheme()
	wiped := a.beginVisit(endNotice)
	a.idle = navigation.Idle{}
	if endNotice == nil {
		a.showAttract()
	}
	return tea.Batch(left, wiped)
}

// leaveTimeout is how long it may take to note that somebody left.
const leaveTimeout = 5 * time.Second

// noteLeaving notes that the visitor left, in a copy of the visit that nobody else has.
func (a *App) noteLeaving(why flow.LeaveReason) tea.Cmd {
	if !a.visit.LoggedIn() {
		return nil
	}
	visit, log := *a.visit, a.options.Log
	return a.runBeside(a.workers.ctx, func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTimeout)
		defer cancel()
		if err := visit.Leave(ctx, why); err != nil {
			log.Error("leave", "visit", visit.ID, "error", err)
		}
		return nil
	})
}

// checkEvery is how often the kiosk looks whether the visit of a customer was
// ended from elsewhere.
const checkEvery = 5 * time.Second

// visitCheck is whether a visit still stands, with what its customer had logged in with.
type visitCheck struct {
	with flow.Credential
	err  error
}

// checkVisit looks, in a copy of the visit that nobody else has.
func (a *App) checkVisit() tea.Cmd {
	now := a.idle.Now()
	if a.checked.IsZero() {
		a.checked = now // it was just begun
	}
	if !a.visit.LoggedIn() || now.Sub(a.checked) < checkEvery {
		return nil
	}
	a.checked = now
	visit := *a.visit
	return a.runBeside(a.ctx, func(ctx context.Context) tea.Msg {
		return visitCheck{visit.Credential(), visit.CheckLogin(ctx)}
	})
}

// visitCheckDone ends the visit if it does not, unless that changed here since.
func (a *App) visitCheckDone(s visitCheck) tea.Cmd {
	if !errors.Is(s.err, flow.ErrLoginEnded) || a.isBusy() || s.with != a.visit.Credential() {
		return nil
	}
	return a.endVisit(flow.LoginRevoked, text.TextFunc(flow.EndedElsewhereText))
}

// logOut ends the visit as the visitor wished.
func (a *App) logOut() tea.Cmd {
	if !a.visit.LoggedIn() {
		return a.endVisit(flow.LoggedOut, nil)
	}
	return a.endVisit(flow.LoggedOut, text.TextFunc(words.LoggedOut))
}

// Close ends whatever is still going on, once the terminal is gone.
func (a *App) Close() {
	a.leave()
	a.workers.Shutdown()
	ctx, cancel := context.WithTimeout(context.Background(), leaveTimeout)
	defer cancel()
	for _, s := range a.screens.All() {
		if f, is := s.(*form.Form); is {
			a.cancelFlow(ctx, f)
		}
	}
	if err := a.visit.Leave(ctx, flow.Disconnected); err != nil {
		a.options.Log.Error("leave", "visit", a.visit.ID, "error", err)
	}
}
