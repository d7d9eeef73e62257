package navigation

import (
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/flow"
)

// usual has the limits of a visit before a login.
var usual = Limits{Idle: 60 * time.Second, AnswerTime: 30 * time.Second, Visit: 20 * time.Minute}

// slowLimits returns the time limits, before a login, of a visitor who chose more time.
func slowLimits() Limits {
	v := flow.NewVisit(&desk.Desk{Settings: desk.DefaultSettings()})
	v.IsSlow = true
	return VisitTimeLimits(v)
}

// warns marks the visitor as warned, by the usual limits.
func warns(i *IdleTimer) { i.MarkVisitorWarned(usual) }

// TestDue checks what is due next, and when, for a visitor whose visit began at second 0 and whose
// last activity was at a given second.
func TestDue(t *testing.T) {
	silent, waiting, slow := usual, usual, slowLimits()
	silent.NothingToLose, waiting.IsWaiting = true, true
	slowWaiting := slow
	slowWaiting.IsWaiting = true
	for name, test := range map[string]struct {
		limits Limits
		last   int
		noted  func(*IdleTimer)
		want   DueAction
		at     int
	}{
		"warned":                 {usual, 5, nil, WarnVisitor, 65},
		"over":                   {usual, 65, warns, EndIdleVisit, 95},
		"nothing to lose":        {silent, 5, nil, EndVisitSilently, 65},
		"long":                   {usual, 1150, nil, WarnVisitor, 1200},
		"longest":                {usual, 1200, warns, EndLongVisit, 1230},
		"waiting":                {waiting, 5, nil, WarnVisitor, 1200},
		"waiting, long":          {waiting, 1200, warns, EndLongVisit, 1230},
		"takes their time":       {slow, 5, nil, WarnVisitor, 185},
		"slow, and over":         {slow, 185, warns, EndIdleVisit, 305},
		"slow, and long":         {slowWaiting, 5, nil, WarnVisitor, 3600},
		"much was said":          {usual, 5, func(i *IdleTimer) { i.RecordSpeech(240) }, WarnVisitor, 185},
		"more was said":          {usual, 5, func(i *IdleTimer) { i.RecordSpeech(120); i.RecordSpeech(120) }, WarnVisitor, 185},
		"something was done":     {usual, 5, func(i *IdleTimer) { i.RecordSpeech(240); i.RecordActivity() }, WarnVisitor, 65},
		"the warning is heard":   {usual, 65, func(i *IdleTimer) { warns(i); i.RecordSpeech(20) }, EndIdleVisit, 105},
		"much said, and waiting": {waiting, 5, func(i *IdleTimer) { i.RecordSpeech(240) }, WarnVisitor, 1200},
	} {
		t.Run(name, func(t *testing.T) {
			var i IdleTimer
			began := time.Date(2026, 11, 22, 14, 7, 0, 0, time.UTC)
			i.SetNow(began)
			i.RecordActivity()
			i.SetNow(began.Add(time.Duration(test.last) * time.Second))
			i.RecordActivity()
			if test.noted != nil {
				test.noted(&i)
			}
			due, at := i.NextDueAction(test.limits)
			if due != test.want || at != began.Add(time.Duration(test.at)*time.Second) {
				t.Errorf("%d is due after %v", due, at.Sub(began))
			}
			i.SetNow(at.Add(-1))
			if due := i.DueActionNow(test.limits); due != NothingDue {
				t.Errorf("%d is due just before that", due)
			}
			i.SetNow(at)
			if due := i.DueActionNow(test.limits); due != test.want {
				t.Errorf("%d is due then", due)
			}
		})
	}
}

// TestNobody checks that no action is due without a visitor, and how long the desk counts as unattended.
func TestNobody(t *testing.T) {
	var i IdleTimer
	began := time.Now()
	i.SetNow(began)
	i.SetNow(began.Add(3 * time.Hour))
	if due := i.DueActionNow(usual); due != NothingDue || i.HasVisitor() || i.UnattendedTime() != 3*time.Hour {
		t.Errorf("%d is due after %v, begun is %t", due, i.UnattendedTime(), i.HasVisitor())
	}
	if i.RecordActivity() {
		t.Error("a visit that begins is extended")
	}
	if due, at := i.NextDueAction(usual); due != WarnVisitor || !i.HasVisitor() || i.UnattendedTime() != 0 || at != began.Add(3*time.Hour+time.Minute) {
		t.Errorf("%d is due at %v, begun is %t", due, at, i.HasVisitor())
	}
}

// TestTouch checks that any activity ends a warning, and that a new visit of the same visitor has the same limits.
func TestTouch(t *testing.T) {
	var i IdleTimer
	began := time.Now()
	i.SetNow(began)
	i.RecordActivity()
	i.SetNow(began.Add(60 * time.Second))
	i.MarkVisitorWarned(usual)
	i.SetNow(began.Add(70 * time.Second))
	if left := i.TimeToAnswer(usual); left != 20*time.Second || !i.IsVisitorWarned() {
		t.Errorf("%v is left", left)
	}
	for name, did := range map[string]func(){"touched": func() { i.RecordActivity() }, "waited": i.PostponeIdle} {
		i.MarkVisitorWarned(usual)
		if did(); i.IsVisitorWarned() {
			t.Errorf("%s, and the warning stands", name)
		}
		if due, at := i.NextDueAction(usual); due != WarnVisitor || at != began.Add(130*time.Second) {
			t.Errorf("%s, and %d is due at %v", name, due, at)
		}
	}
	i.RestartVisit()
	i.SetNow(began.Add(time.Hour))
	if due, at := i.NextDueAction(usual); due != WarnVisitor || at != began.Add(time.Hour+time.Minute) {
		t.Errorf("%d is due at %v", due, at)
	}
}

// TestLongVisit checks that an active visitor is also warned of the limit of a visit, and can extend the visit as often as
// needed (WCAG 2.2.1).
func TestLongVisit(t *testing.T) {
	var i IdleTimer
	now := time.Now()
	i.SetNow(now)
	i.RecordActivity()
	for range 12 {
		for range 40 {
			now = now.Add(30 * time.Second)
			i.SetNow(now)
			if i.IsVisitorWarned() || i.DueActionNow(usual) == EndLongVisit {
				t.Fatal("asked too soon")
			}
			if i.DueActionNow(usual) != WarnVisitor {
				i.RecordActivity()
			}
		}
		i.MarkVisitorWarned(usual)
		if i.PostponeIdle(); !i.IsVisitorWarned() {
			t.Fatal("waiting for something answers how long the visit is")
		}
		if !i.RecordActivity() || i.DueActionNow(usual) != NothingDue {
			t.Fatal("there is no more time")
		}
	}
}
