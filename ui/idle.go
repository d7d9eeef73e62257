package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/screen"
	"loket/ui/words"
)

// limits are how long the visitor may do nothing, and how long the visit may take.
func (a *App) limits() navigation.Limits {
	return navigation.Limits{
		Idle:   a.visit.Idle(),
		Warned: a.desk.Settings.IdleWarned,
		Visit:  a.desk.Settings.Visit,
		Silent: a.screens.Len() == 1 && !a.visit.LoggedIn(),
	}
}

// passSecond lets a second pass.
func (a *App) passSecond(now time.Time) tea.Cmd {
	a.idle.Pass(now)
	if a.busy() {
		a.idle.Postpone() // it is the visitor who waits
		return a.broadcast(screen.SecondMsg{})
	}
	if a.awaited() {
		a.idle.Postpone() // they have their phone in hand
	}
	switch a.due() {
	case navigation.EndTooLong:
		return a.end(flow.TookTooLong, text.Always(words.TookTooLong))
	case navigation.EndSilently:
		return a.end(flow.StayedIdle, nil)
	case navigation.EndIdle:
		return a.end(flow.StayedIdle, text.Always(words.StayedIdle))
	case navigation.TellLastMinute:
		a.idle.Told()
		a.dialog = almostOver()
	case navigation.Nothing:
		if a.idle.Alone() >= pages.FarewellShown {
			a.showAttract()
		}
	}
	return tea.Batch(a.broadcast(screen.SecondMsg{}), a.checkVisit())
}

// due returns what is due now, once the visitor was warned if that was due.
func (a *App) due() navigation.Due {
	due := a.idle.Due(a.limits())
	if due == navigation.Warn {
		a.idle.Warned()
		due = a.idle.Due(a.limits())
	}
	return due
}

// warned reports whether the visitor is being asked if they are still there.
func (a *App) warned() bool { return a.idle.IsWarned() && !a.busy() }

// stillThere asks whether they are. Any key but Esc means yes.
func (a *App) stillThere() *dialog {
	seconds := int((a.idle.Left(a.limits()) + time.Second - 1) / time.Second)
	return &dialog{
		asks:  words.StillThere,
		tells: words.StillFor(seconds),
		choices: []choice{
			{label: words.MoreTime},
			{label: words.Stop},
		},
		keys: []keys.Binding{keys.Enter.As(words.Lower(words.MoreTime)), keys.Esc.As(words.Lower(words.Stop))},
	}
}

// almostOver tells that the visit is at its longest in a minute.
func almostOver() *dialog {
	return &dialog{
		asks:    words.LastMinute,
		tells:   words.LastMinuteTells,
		choices: []choice{{label: words.Continue}},
	}
}
