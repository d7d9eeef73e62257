package navigation

import (
	"testing"
	"time"
)

// usual is what a visitor gets before logging in.
var usual = Limits{Idle: 60 * time.Second, Warned: 30 * time.Second, Visit: 20 * time.Minute}

// TestDue holds what comes next, and when, for a visitor who began at once and did
// something last at some second.
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
		"warned":                    {usual, 5, nil, Warn, 65},
		"over":                      {usual, 5, (*Idle).Warned, EndIdle, 95},
		"nothing to lose":           {silent, 5, nil, EndSilently, 65},
		"last minute":               {usual, 1100, nil, TellLastMinute, 1140},
		"last minute while warned":  {usual, 1055, (*Idle).Warned, TellLastMinute, 1140},
		"warned in the last minute": {usual, 1130, (*Idle).Told, Warn, 1190},
		"longest":                   {usual, 1150, (*Idle).Told, EndTooLong, 1200},
		"waiting":                   {waiting, 5, nil, TellLastMinute, 1140},
		"waiting, told":             {waiting, 5, (*Idle).Told, EndTooLong, 1200},
	} {
		t.Run(name, func(t *testing.T) {
			var i Idle
			began := time.Date(2026, 11, 22, 14, 7, 0, 0, time.UTC)
			i.Pass(began)
			i.Touch()
			i.Pass(began.Add(time.Duration(test.last) * time.Second))
			i.Touch()
			if test.noted != nil {
				test.noted(&i)
			}
			due, at := i.Next(test.limits)
			if due != test.want || at != began.Add(time.Duration(test.at)*time.Second) {
				t.Errorf("%d is due after %v", due, at.Sub(began))
			}
			i.Pass(at.Add(-1))
			if due := i.Due(test.limits); due != Nothing {
				t.Errorf("%d is due just before that", due)
			}
			i.Pass(at)
			if due := i.Due(test.limits); due != test.want {
				t.Errorf("%d is due then", due)
			}
		})
	}
}

// TestNobody holds that nothing is due as long as nobody is there, and for how long that is.
func TestNobody(t *testing.T) {
	var i Idle
	began := time.Now()
	i.Pass(began)
	i.Pass(began.Add(3 * time.Hour))
	if due := i.Due(usual); due != Nothing || i.Begun() || i.Alone() != 3*time.Hour {
		t.Errorf("%d is due after %v, begun is %t", due, i.Alone(), i.Begun())
	}
	i.Touch()
	if due, at := i.Next(usual); due != Warn || !i.Begun() || i.Alone() != 0 || at != began.Add(3*time.Hour+time.Minute) {
		t.Errorf("%d is due at %v, begun is %t", due, at, i.Begun())
	}
}

// TestTouch holds that whatever the visitor does takes a warning back, and that a new
// visit of theirs is as long as the first.
func TestTouch(t *testing.T) {
	var i Idle
	began := time.Now()
	i.Pass(began)
	i.Touch()
	i.Pass(began.Add(70 * time.Second))
	i.Warned()
	if left := i.Left(usual); left != 20*time.Second || !i.IsWarned() {
		t.Errorf("%v is left", left)
	}
	for name, did := range map[string]func(){"touched": i.Touch, "waited": i.Postpone} {
		i.Warned()
		if did(); i.IsWarned() {
			t.Errorf("%s, and the warning stands", name)
		}
		if due, at := i.Next(usual); due != Warn || at != began.Add(130*time.Second) {
			t.Errorf("%s, and %d is due at %v", name, due, at)
		}
	}
	i.Renew()
	i.Pass(began.Add(time.Hour))
	i.Told()
	i.Pass(began.Add(time.Hour + 20*time.Minute))
	if due := i.Due(Limits{Idle: 9 * time.Hour, Visit: 20 * time.Minute}); due != EndTooLong {
		t.Errorf("%d is due", due)
	}
	i.Pass(began.Add(time.Hour + 20*time.Minute - 1))
	if due := i.Due(Limits{Idle: 9 * time.Hour, Visit: 20 * time.Minute}); due != Nothing {
		t.Errorf("%d is due before", due)
	}
}
