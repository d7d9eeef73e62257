package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// idle measures how long the visitor did nothing, and how long the visit takes.
// It counts the time that passes, so that a demo whose clock is moved by a day
// does not end.
type idle struct {
	begun bool          // somebody is there
	alone time.Duration // nobody was there
	quiet time.Duration
	total time.Duration
	since time.Duration // the visit was last seen to stand
	told  bool          // that the visit is almost at its longest
	pulse time.Time
}

// touch notes that the visitor did something.
func (i *idle) touch() { i.begun, i.alone, i.quiet = true, 0, 0 }

// pass counts the time since the last pulse.
func (i *idle) pass(now time.Time) {
	passed := now.Sub(i.pulse)
	if i.pulse.IsZero() {
		passed = 0
	}
	i.pulse = now
	if !i.begun {
		i.alone += passed
		return
	}
	i.quiet += passed
	i.total += passed
	i.since += passed
}

// farewellShown is how long home says how the visit before ended, and lastMinute
// how long before its end a visit is told.
const (
	farewellShown = 15 * time.Second
	lastMinute    = time.Minute
)

// beat lets a second pass.
func (a *App) beat(now time.Time) tea.Cmd {
	a.idle.pass(now)
	if a.busy() {
		a.idle.quiet = 0 // it is the visitor who waits
		return a.tell(screen.SecondMsg{})
	}
	if a.awaited() {
		a.idle.quiet = 0 // they have their phone in hand
	}
	s := a.desk.Settings
	switch {
	case a.idle.total >= s.Visit:
		return a.end(flow.TookTooLong, text.Always(words.TookTooLong))
	case a.idle.quiet >= a.visit.Idle() && a.nothingToLose():
		return a.end(flow.StayedIdle, nil)
	case a.idle.quiet >= a.visit.Idle()+s.IdleWarned:
		return a.end(flow.StayedIdle, text.Always(words.StayedIdle))
	case a.idle.total >= s.Visit-lastMinute && !a.idle.told:
		a.idle.told = true
		a.dialog = almostOver()
	case a.idle.alone >= farewellShown:
		a.rest()
	}
	return tea.Batch(a.tell(screen.SecondMsg{}), a.check())
}

// nothingToLose tells whether the visitor left the kiosk as they found it.
func (a *App) nothingToLose() bool {
	return len(a.screens) == 1 && !a.visit.LoggedIn()
}

// warned tells whether the visitor is being asked if they are still there.
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
