package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/pages"
	"loket/ui/screen"
	"loket/ui/words"
)

// lastMinute is how long before its end a visit is told of that.
const lastMinute = time.Minute

// passSecond lets a second pass.
func (a *App) passSecond(now time.Time) tea.Cmd {
	a.idle.pass(now)
	if a.busy() {
		a.idle.quiet = 0 // it is the visitor who waits
		return a.broadcast(screen.SecondMsg{})
	}
	if a.awaited() {
		a.idle.quiet = 0 // they have their phone in hand
	}
	s := a.desk.Settings
	switch {
	case a.idle.total >= s.Visit:
		return a.end(flows.TookTooLong, text.Always(words.TookTooLong))
	case a.idle.quiet >= a.visit.Idle() && a.nothingToLose():
		return a.end(flows.StayedIdle, nil)
	case a.idle.quiet >= a.visit.Idle()+s.IdleWarned:
		return a.end(flows.StayedIdle, text.Always(words.StayedIdle))
	case a.idle.total >= s.Visit-lastMinute && !a.idle.warnedOfEnd:
		a.idle.warnedOfEnd = true
		a.dialog = almostOver()
	case a.idle.alone >= pages.FarewellShown:
		a.showAttract()
	}
	return tea.Batch(a.broadcast(screen.SecondMsg{}), a.checkVisit())
}

// nothingToLose reports whether the visitor left the kiosk as they found it.
func (a *App) nothingToLose() bool {
	return len(a.screens) == 1 && !a.visit.LoggedIn()
}

// warned reports whether the visitor is being asked if they are still there.
func (a *App) warned() bool {
	return a.idle.begun && !a.busy() && a.idle.quiet >= a.visit.Idle() && !a.nothingToLose()
}

// stillThere asks whether they are. Any key but Esc means yes.
func (a *App) stillThere() *dialog {
	left := a.visit.Idle() + a.desk.Settings.IdleWarned - a.idle.quiet
	seconds := max(int((left+time.Second-1)/time.Second), 0)
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
