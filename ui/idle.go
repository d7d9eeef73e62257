package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/form"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/screen"
	"loket/ui/words"
)

// idleLimits returns how long the visitor may do nothing, and how long the visit may take.
func (a *App) idleLimits() navigation.Limits {
	return navigation.Limits{
		Idle:   a.visit.IdleLimit(),
		Warned: a.desk.Settings.IdleWarned,
		Visit:  a.desk.Settings.Visit,
		Silent: a.nothingToLose(),
	}
}

// nothingToLose reports whether the visit changed nothing yet. A chosen language or theme
// counts as a change (R34).
func (a *App) nothingToLose() bool {
	own := a.language != a.options.Language || a.themeName != a.options.Theme || a.idle.Slow()
	return a.screens.Len() == 1 && !a.visit.LoggedIn() && !own
}

// passSecond handles the tick of each second.
func (a *App) passSecond(now time.Time) tea.Cmd {
	a.idle.SetNow(now)
	if a.isBusy() {
		a.idle.Postpone() // the visitor waits for the desk
		return a.broadcast(screen.SecondMsg{})
	}
	if a.isWaiting() {
		a.idle.Postpone() // the visitor is using a phone
	}
	switch a.idle.Due(a.idleLimits()) {
	case navigation.EndTooLong:
		return a.endByTime(flow.TookTooLong, text.TextFunc(words.StayedAway))
	case navigation.EndSilently:
		return a.endByTime(flow.StayedIdle, nil)
	case navigation.EndIdle:
		return a.endByTime(flow.StayedIdle, text.TextFunc(words.StayedAway))
	case navigation.Warn:
		a.idle.MarkWarned(a.idleLimits())
	case navigation.Nothing:
		if a.idle.Alone() >= pages.FarewellTime {
			a.showAttract()
		}
	}
	return tea.Batch(a.broadcast(screen.SecondMsg{}), a.checkVisit())
}

// deafness is how long input is ignored after a visit ended by a timeout, because a key
// that is pressed then was meant for that visit and not for the next one (R31).
const deafness = 2 * time.Second

// endByTime ends a visit by a timeout.
func (a *App) endByTime(why flow.LeaveReason, farewell func() text.Text) tea.Cmd {
	a.deafUntil = a.desk.Clock.RealNow().Add(deafness)
	return a.endVisit(why, farewell)
}

// deaf reports whether a message is input that must be ignored now.
func (a *App) deaf(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		return a.desk.Clock.RealNow().Before(a.deafUntil)
	}
	return false
}

// touch records that the visitor did something. It extends the time of the open steps if
// the visit was extended or the visitor chose more time.
func (a *App) touch() {
	if extended := a.idle.Touch(); !extended && !a.idle.Slow() {
		return
	}
	for _, s := range a.screens.All() {
		if f, is := s.(*form.Form); is {
			f.Extend()
		}
	}
}

// isWarned reports whether the idle warning is shown.
func (a *App) isWarned() bool { return a.idle.IsWarned() && !a.isBusy() }

// notice returns the texts of the idle warning, the longest first, or nil. The warning
// blocks no input, because any key answers it.
func (a *App) notice() []text.Text {
	if !a.isWarned() {
		return nil
	}
	return words.StillThereFor(int((a.idle.TimeLeft(a.idleLimits()) + time.Second - 1) / time.Second))
}
