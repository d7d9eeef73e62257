package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/words"
)

// begin forgets the visit that was and begins another one at home, with a word
// about how the last one ended, if there is one. The language stays.
func (a *App) begin(farewell func() text.Text) tea.Cmd {
	a.leave()
	a.visit = flow.NewVisit(a.desk)
	a.ctx, a.leave = context.WithCancel(a.crew.ctx)
	a.screens = []screen.Screen{newHome(a.visit, farewell)}
	a.dialog, a.sight = nil, sight{}
	a.idle = idle{begun: a.idle.begun}
	return wipe
}

// wipe clears the screen, and what the terminal remembers of it (R19). Most
// keep nothing of the alternate screen; some consoles have none.
var wipe = tea.Sequence(tea.Raw(ansi.EraseDisplay(3)), tea.ClearScreen)

// end ends the visit for whoever comes next.
func (a *App) end(why flow.Leaving, farewell func() text.Text) tea.Cmd {
	left := a.left(why)
	a.reset()
	wiped := a.begin(farewell)
	a.idle = idle{}
	if farewell == nil {
		a.rest()
	}
	return tea.Batch(left, wiped)
}

// leaveTimeout is how long it may take to note that somebody left.
const leaveTimeout = 5 * time.Second

// left notes that the visitor left, in a copy of the visit that nobody else has.
func (a *App) left(why flow.Leaving) tea.Cmd {
	if !a.visit.LoggedIn() {
		return nil
	}
	visit, log := *a.visit, a.options.Log
	return a.beside(a.crew.ctx, func(ctx context.Context) tea.Msg {
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

// standing is whether a visit still stands, with what its customer had logged in with.
type standing struct {
	with flow.Credential
	err  error
}

// check looks, in a copy of the visit that nobody else has.
func (a *App) check() tea.Cmd {
	if !a.visit.LoggedIn() || a.idle.since < checkEvery {
		return nil
	}
	a.idle.since = 0
	visit := *a.visit
	return a.beside(a.ctx, func(ctx context.Context) tea.Msg {
		return standing{visit.Credential(), visit.Check(ctx)}
	})
}

// stands ends the visit if it does not, unless that changed here since.
func (a *App) stands(s standing) tea.Cmd {
	if !errors.Is(s.err, flow.ErrEnded) || a.busy() || s.with != a.visit.Credential() {
		return nil
	}
	return a.end(flow.ShutOut, text.Always(flow.EndedElsewhere))
}

// logOut ends the visit as the visitor wished.
func (a *App) logOut() tea.Cmd {
	if !a.visit.LoggedIn() {
		return a.end(flow.LoggedOut, nil)
	}
	return a.end(flow.LoggedOut, text.Always(words.LoggedOut))
}

// Close ends whatever is still going on, once the terminal is gone.
func (a *App) Close() {
	a.leave()
	a.crew.dismiss()
	ctx, cancel := context.WithTimeout(context.Background(), leaveTimeout)
	defer cancel()
	for _, f := range a.forms {
		a.leaves(ctx, f)
	}
	a.forms = nil
	if err := a.visit.Leave(ctx, flow.Disconnected); err != nil {
		a.options.Log.Error("leave", "visit", a.visit.ID, "error", err)
	}
}
