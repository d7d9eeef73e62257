package navigation

import (
	"testing"
	"time"
)

// usual has the limits before a login.
var usual = Limits{Idle: 60 * time.Second, Warned: 30 * time.Second, Visit: 20 * time.Minute}

// warns marks the visitor as warned, by the usual limits.
func warns(i *Idle) { i.MarkWarned(usual) }

// TestDue checks what is due next, and when, for a visitor whose visit began at second 0 and whose
// last activity was at a given second.
func TestDue(t *testing.T) {
	silent, waiting := usual, usual
	silent.Silent, waiting.Waiting = true, true
	for name, test := range map[string]struct {
		limits Limits
		last   int
		noted  func(*Idle)
		want   Due
		at     int
	}{
		"warned":                 {usual, 5, nil, Warn, 65},
		"over":                   {usual, 65, warns, EndIdle, 95},
		"nothing to lose":        {silent, 5, nil, EndSilently, 65},
		"long":                   {usual, 1150, nil, Warn, 1200},
		"longest":                {usual, 1200, warns, EndTooLong, 1230},
		"waiting":                {waiting, 5, nil, Warn, 1200},
		"waiting, long":          {waiting, 1200, warns, EndTooLong, 1230},
		"takes their time":       {usual, 5, (*Idle).SlowDown, Warn, 185},
		"slow, and over":         {usual, 185, func(i *Idle) { i.SlowDown(); warns(i) }, EndIdle, 305},
		"slow, and long":         {waiting, 5, (*Idle).SlowDown, Warn, 3600},
		"no longer slow":         {usual, 5, func(i *Idle) { i.SlowDown(); i.SlowDown() }, Warn, 65},
		"much was said":          {usual, 5, func(i *Idle) { i.Say(240) }, Warn, 185},
		"more was said":          {usual, 5, func(i *Idle) { i.Say(120); i.Say(120) }, Warn, 185},
		"something was done":     {usual, 5, func(i *Idle) { i.Say(240); i.Touch() }, Warn, 65},
		"the warning is heard":   {usual, 65, func(i *Idle) { warns(i); i.Say(20) }, EndIdle, 105},
		"much said, and waiting": {waiting, 5, func(i *Idle) { i.Say(240) }, Warn, 1200},
	} {
		t.Run(name, func(t *testing.T) {
			var i Idle
			began := time.Date(2026, 11, 22, 14, 7, 0, 0, time.UTC)
			i.SetNow(began)
			i.Touch()
			i.SetNow(began.Add(time.Duration(test.last) * time.Second))
			i.Touch()
			if test.noted != nil {
				test.noted(&i)
			}
			due, at := i.Next(test.limits)
			if due != test.want || at != began.Add(time.Duration(test.at)*time.Second) {
				t.Errorf("%d is due after %v", due, at.Sub(began))
			}
			i.SetNow(at.Add(-1))
			if due := i.Due(test.limits); due != Nothing {
				t.Errorf("%d is due just before that", due)
			}
			i.SetNow(at)
			if due := i.Due(test.limits); due != test.want {
				t.Errorf("%d is due then", due)
			}
		})
	}
}

// TestNobody checks that nothing is due without a visitor, and how long the desk counts as
// unattended.
func TestNobody(t *testing.T) {
	var i Idle
	began := time.Now()
	i.SetNow(began)
	i.SetNow(began.Add(3 * time.Hour))
	if due := i.Due(usual); due != Nothing || i.Begun() || i.Alone() != 3*time.Hour {
		t.Errorf("%d is due after %v, begun is %t", due, i.Alone(), i.Begun())
	}
	if i.Touch() {
		t.Error("a visit that begins is extended")
	}
	if due, at := i.Next(usual); due != Warn || !i.Begun() || i.Alone() != 0 || at != began.Add(3*time.Hour+time.Minute) {
		t.Errorf("%d is due at %v, begun is %t", due, at, i.Begun())
	}
}

// TestTouch checks that any activity ends a warning, and that another visit of the same visitor has
// the same limits and pace.
func TestTouch(t *testing.T) {
	var i Idle
	began := time.Now()
	i.SetNow(began)
	i.Touch()
	i.SetNow(began.Add(60 * time.Second))
	i.MarkWarned(usual)
	i.SetNow(began.Add(70 * time.Second))
	if left := i.TimeLeft(usual); left != 20*time.Second || !i.IsWarned() {
		t.Errorf("%v is left", left)
	}
	for name, did := range map[string]func(){"touched": func() { i.Touch() }, "waited": i.Postpone} {
		i.MarkWarned(usual)
		if did(); i.IsWarned() {
			t.Errorf("%s, and the warning stands", name)
		}
		if due, at := i.Next(usual); due != Warn || at != began.Add(130*time.Second) {
			t.Errorf("%s, and %d is due at %v", name, due, at)
		}
	}
	i.SlowDown()
	i.Renew()
	i.SetNow(began.Add(time.Hour))
	if due, at := i.Next(usual); due != Warn || at != began.Add(time.Hour+3*time.Minute) {
		t.Errorf("%d is due at %v", due, at)
	}
}

// TestLongVisit checks that a visitor is warned of the limit of a visit, however busy the visitor
// is, and can extend the visit as often as needed (WCAG 2.2.1).
func TestLongVisit(t *testing.T) {
	var i Idle
	now := time.Now()
	i.SetNow(now)
	i.Touch()
	for range 12 {
		for range 40 {
			now = now.Add(30 * time.Second)
			i.SetNow(now)
			if i.IsWarned() || i.Due(usual) == EndTooLong {
				t.Fatal("asked too soon")
			}
			if i.Due(usual) != Warn {
				i.Touch()
			}
		}
		i.MarkWarned(usual)
		if i.Postpone(); !i.IsWarned() {
			t.Fatal("waiting for something answers how long the visit is")
		}
		if !i.Touch() || i.Due(usual) != Nothing {
			t.Fatal("there is no more time")
		}
	}
}
