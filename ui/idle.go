package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/screen"
	"loket/ui/words"
)

// idleLimits returns the time limits of the visit.
func (a *App) idleLimits() navigation.Limits {
	l := navigation.VisitTimeLimits(a.visit)
	l.NothingToLose = a.hasNothingToLose()
	return l
}

// hasNothingToLose reports whether the visitor has not changed anything yet. Choosing a language, a theme, the on-screen keyboard or scanning counts as a change
// (R34).
func (a *App) hasNothingToLose() bool {
	hasOwnSettings := a.language != a.options.Language || a.themeName != a.options.Theme || a.visit.IsSlow || a.aids.AreUsed() || a.reader.IsOn()
	return a.screens.Len() == 1 && !a.visit.HasCustomer() && !hasOwnSettings
}

// handleTick does what must be done every second.
func (a *App) handleTick(now time.Time) tea.Cmd {
	a.idle.SetNow(now)
	if a.reader.Tick() {
		a.extendForSpeech()
	}
	if a.isBusy() {
		a.idle.PostponeIdle() // The visitor is waiting for the desk.
		return a.broadcast(screen.SecondMsg{})
	}
	if a.isFormWaiting() {
		a.idle.PostponeIdle() // The visitor is using a phone.
	}
	switch a.idle.DueActionNow(a.idleLimits()) {
	case navigation.EndLongVisit:
		return a.timeOutVisit(flow.ReasonTimeUp, text.TextFunc(words.LeaveTextsForVisit(a.visit).LeftIdle))
	case navigation.EndVisitSilently:
		return a.timeOutVisit(flow.ReasonIdle, nil)
	case navigation.EndIdleVisit:
		return a.timeOutVisit(flow.ReasonIdle, text.TextFunc(words.LeaveTextsForVisit(a.visit).LeftIdle))
	case navigation.WarnVisitor:
		a.idle.MarkVisitorWarned(a.idleLimits())
	case navigation.NothingDue:
		if a.idle.UnattendedTime() >= pages.FarewellNoticeTime {
			a.showAttract()
		}
	}
	cmd := a.broadcast(screen.SecondMsg{})
	if a.loginCheck.isDue(a.visit, a.idle.Now()) {
		cmd = tea.Batch(cmd, a.runInBackground(a.ctx, checkLogin(*a.visit)))
	}
	return cmd
}

// extendForSpeech makes the time limits count from the end of speech.
func (a *App) extendForSpeech() {
	a.idle.RecordSpeech(0)
	if !a.isFormWaiting() {
		extendDeadlines(a.topScreen())
	}
}

// isFormWaiting reports whether the form on top waits for an event elsewhere, such as an answer from a phone. If so, the visitor
// does not count as idle.
func (a *App) isFormWaiting() bool { return a.poller.IsAwaitingEvent(a.desk.Clock.Now()) }

// inputIgnoreTime is how long input is ignored after a visit has ended by a timeout, because keys that are pressed then were
// meant for that visit and not for the next one (R31).
const inputIgnoreTime = 2 * time.Second

// timeOutVisit ends a visit because of a timeout.
func (a *App) timeOutVisit(why flow.LogOutReason, farewell func() text.Text) tea.Cmd {
	a.ignoreInputUntil = a.desk.Clock.RealNow().Add(inputIgnoreTime)
	return a.endVisit(why, farewell)
}

// isIgnoredInput reports whether a message is input that must be ignored now.
func (a *App) isIgnoredInput(msg tea.Msg) bool {
	return isInput(msg) && a.desk.Clock.RealNow().Before(a.ignoreInputUntil)
}

// recordActivity records that the visitor did something. If that extended the visit, or if the visitor chose more time, it
// also restarts the time limits of the open steps.
func (a *App) recordActivity() {
	a.options.Presence.RecordInput()
	if extended := a.idle.RecordActivity(); !extended && !a.visit.IsSlow {
		return
	}
	extendDeadlines(a.screens.OpenScreens()...)
}

// isIdleWarningShown reports whether the idle warning is shown.
func (a *App) isIdleWarningShown() bool { return a.idle.IsVisitorWarned() && !a.isBusy() }

// idleWarning returns the idle warning in several lengths, the longest first. It returns nil if there is no warning. The
// warning does not block input, because any key answers it.
func (a *App) idleWarning() []text.Text {
	if !a.isIdleWarningShown() {
		return nil
	}
	return words.StillThereTexts(a.visit, int((a.idle.TimeToAnswer(a.idleLimits())+time.Second-1)/time.Second))
}

// toggleSlowMode switches between the normal time limits and longer ones. If a form waits for a phone, polling starts again, so
// that the form also waits longer.
func (a *App) toggleSlowMode() {
	if a.isBusy() {
		return
	}
	a.visit.IsSlow = !a.visit.IsSlow
	a.poller.Stop()
}
