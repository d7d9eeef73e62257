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

// idleLimits are how long the visitor may do nothing, and how long the visit may take.
func (a *App) idleLimits() navigation.Limits {
	return navigation.Limits{
		Idle:   a.visit.IdleLimit(),
		Warned: a.desk.Settings.IdleWarned,
		Visit:  a.desk.Settings.Visit,
		Silent: a.nothingToLose(),
	}
}

// nothingToLose reports whether the desk is as the visitor found it: language and theme are
// theirs too (R34).
func (a *App) nothingToLose() bool {
	own := a.language != a.options.Language || a.themeName != a.options.Theme || a.idle.Slow()
	return a.screens.Len() == 1 && !a.visit.LoggedIn() && !own
}

// passSecond lets a second pass.
func (a *App) passSecond(now time.Time) tea.Cmd {
	a.idle.SetNow(now)
	if a.isBusy() {
		a.idle.Postpone() // it is the visitor who waits
		return a.broadcast(screen.SecondMsg{})
	}
	if a.isWaiting() {
		a.idle.Postpone() // they have their phone in hand
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

// deafness is how long nothing is taken after a visit ended by time: what is pressed then was
// meant for that visit, and not for the next (R31).
const deafness = 2 * time.Second

// endByTime ends a visit of which the visitor did not say that it was over.
func (a *App) endByTime(why flow.LeaveReason, farewell func() text.Text) tea.Cmd {
	a.deafUntil = a.desk.Clock.RealNow().Add(deafness)
	return a.endVisit(why, farewell)
}

// deaf reports whether a message is something that is not taken for now.
func (a *App) deaf(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		return a.desk.Clock.RealNow().Before(a.deafUntil)
	}
	return false
}

// touch notes that the visitor did something. Where that gave them more time, or they take
// their time, the steps that they are at have it too.
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

// isWarned reports whether the visitor is being asked if they are still there.
func (a *App) isWarned() bool { return a.idle.IsWarned() && !a.isBusy() }

// notice is what the visitor is to notice before all else: the question whether they are still
// there, the longest form first. It is in nobody's way, as whatever they press is an answer.
func (a *App) notice() []text.Text {
	if !a.isWarned() {
		return nil
	}
	return words.StillThereFor(int((a.idle.TimeLeft(a.idleLimits()) + time.Second - 1) / time.Second))
}
