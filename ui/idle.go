package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
)

// idle measures how long the visitor did nothing, and how long the visit takes.
// It counts the time that passes, so that a demo whose clock is moved by a day
// does not end.
type idle struct {
	begun bool // somebody is there
	quiet time.Duration
	total time.Duration
	told  bool // that the visit is almost at its longest
	pulse time.Time
}

// touch notes that the visitor did something.
func (i *idle) touch() { i.begun, i.quiet = true, 0 }

// pass counts the time since the last pulse.
func (i *idle) pass(now time.Time) {
	if i.begun && !i.pulse.IsZero() {
		i.quiet += now.Sub(i.pulse)
		i.total += now.Sub(i.pulse)
	}
	i.pulse = now
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
		return a.tell(beat{})
	}
	s := a.desk.Settings
	switch {
	case a.idle.total >= s.Visit:
		return a.end(flows.TookTooLong, say("Je bezoek duurde te lang en is afgesloten. Begin gerust opnieuw.", "Your visit took too long and was closed. Please start again."))
	case a.idle.quiet >= a.visit.Idle() && a.nothingToLose():
		return a.end(flows.StayedIdle, nil)
	case a.idle.quiet >= a.visit.Idle()+s.IdleWarned:
		return a.end(flows.StayedIdle, say("Er gebeurde niets meer. Daarom is het bezoek afgesloten.", "Nothing happened any more. So the visit was closed."))
	case a.idle.total >= s.Visit-lastMinute && !a.idle.told:
		a.idle.told = true
		a.dialog = almostOver()
	}
	return a.tell(beat{})
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
		asks:  either("Ben je er nog?", "Are you still there?"),
		tells: stillFor(seconds),
		choices: []choice{
			{label: either("Meer tijd", "More time")},
			{label: either("Stoppen", "Stop")},
		},
		keys: []hint{
			{"Enter", either("meer tijd", "more time")},
			{"Esc", either("stoppen", "stop")},
		},
	}
}

func stillFor(seconds int) flows.Text {
	if seconds == 1 {
		return either("Nog 1 seconde, dan sluiten we je bezoek af.", "Another second, and then we close your visit.")
	}
	return either(
		fmt.Sprintf("Nog %d seconden, dan sluiten we je bezoek af.", seconds),
		fmt.Sprintf("Another %d seconds, and then we close your visit.", seconds))
}

// almostOver tells that the visit is at its longest in a minute.
func almostOver() *dialog {
	return &dialog{
		asks:    either("Nog één minuut", "One more minute"),
		tells:   either("Een bezoek duurt niet langer dan dit. Rond af waar je mee bezig bent.", "A visit takes no longer than this. Please finish what you are doing."),
		choices: []choice{{label: either("Verder", "Continue")}},
	}
}
