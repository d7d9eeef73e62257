package scanning

import (
	"testing"
	"time"
)

var start = time.Date(2026, 11, 22, 14, 7, 0, 0, time.UTC)

// TestRowsOf checks that targets on one line are one row, from left to right, and that rows go from top to bottom.
func TestRowsOf(t *testing.T) {
	rows := RowsOf([]Target{{X: 9, Y: 2}, {X: 1, Y: 3}, {X: 4, Y: 2}})
	if len(rows) != 2 || len(rows[0]) != 2 || rows[0][0].X != 4 || rows[1][0].Y != 3 {
		t.Errorf("got %+v", rows)
	}
}

// TestScan checks where the light is as time passes, and what a press then takes.
func TestScan(t *testing.T) {
	rows := []Row{{{X: 1}, {X: 2}, {X: 3}}, {{X: 4}}}
	var s Scanner
	if lit := s.LightAt(rows, start).Targets; lit != nil {
		t.Errorf("while scanning is off, %+v is lit", lit)
	}
	s.TurnOn(start)
	at := func(steps float64) Light { return s.LightAt(rows, start.Add(time.Duration(steps*float64(s.Pace())))) }
	for steps, want := range map[float64]Row{0: rows[0], 0.9: rows[0], 1: rows[1], 2: rows[0], 7: rows[1]} {
		if got := at(steps).Targets; len(got) != len(want) || got[0] != want[0] {
			t.Errorf("after %v steps %+v is lit", steps, got)
		}
	}
	if pressed, isItem := s.Take(at(1), start); !isItem || pressed != rows[1][0] {
		t.Errorf("a row of one item is taken as %+v, %t", pressed, isItem)
	}
	if _, isItem := s.Take(at(0), start); isItem {
		t.Error("a row of three items is taken as an item")
	}
	for steps, want := range []Row{rows[0][:1], rows[0][1:2], rows[0][2:], rows[0][:1], rows[0][1:2], rows[0][2:], rows[0], rows[1]} {
		if got := at(float64(steps)).Targets; len(got) != len(want) || got[0] != want[0] {
			t.Errorf("%d steps after a row was taken %+v is lit", steps, got)
		}
	}
	if pressed, isItem := s.Take(at(2), start); !isItem || pressed != rows[0][2] {
		t.Errorf("the third item is taken as %+v, %t", pressed, isItem)
	}
	if got := at(0).Targets; len(got) != 3 {
		t.Errorf("after an item was taken %+v is lit", got)
	}
}

// TestFreeze checks that a frozen light stays where it is, and goes on from there.
func TestFreeze(t *testing.T) {
	var s Scanner
	s.TurnOn(start)
	rows := []Row{{{Y: 1}}, {{Y: 2}}, {{Y: 3}}}
	half := s.Pace() / 2
	s.Freeze(true, start.Add(half))
	later := start.Add(time.Hour)
	if lit := s.LightAt(rows, later).Targets; lit[0].Y != 1 {
		t.Errorf("frozen, the light moves to line %d", lit[0].Y)
	}
	s.Freeze(false, later)
	for after, want := range map[time.Duration]int{half / 2: 1, half: 2} {
		if lit := s.LightAt(rows, later.Add(after)).Targets; lit[0].Y != want {
			t.Errorf("%s after it was frozen, the light is on line %d, not %d", after, lit[0].Y, want)
		}
	}
}

// TestPace checks that the visitor can make the light faster and slower, up to the ends.
func TestPace(t *testing.T) {
	var s Scanner
	s.TurnOn(start)
	usual := s.Pace()
	s.ChangePace(1)
	if s.Pace() <= usual {
		t.Errorf("slower is %s, and usual %s", s.Pace(), usual)
	}
	for range 20 {
		s.ChangePace(-1)
	}
	if s.Pace() != paces[0] {
		t.Errorf("the fastest pace is %s", s.Pace())
	}
	if next := s.NextStep(start.Add(s.Pace() / 4)); next != s.Pace()*3/4 {
		t.Errorf("the light moves in %s", next)
	}
}

// TestHold checks that a key that is held down is noticed once, also over a slow connection, and that quick presses are not.
func TestHold(t *testing.T) {
	const ms = time.Millisecond
	for name, c := range map[string]struct {
		first time.Duration
		gaps  []time.Duration
		want  int
	}{
		"held":            {500 * ms, []time.Duration{30 * ms}, 1},
		"held, slow":      {time.Second, []time.Duration{100 * ms}, 1},
		"held, far away":  {250 * ms, []time.Duration{0, 0, 0, 0, 400 * ms}, 1},
		"pressed quickly": {200 * ms, []time.Duration{200 * ms}, 0},
		"pressed calmly":  {time.Second, []time.Duration{time.Second}, 0},
	} {
		var h Hold
		now, held, repeats := start.Add(c.first), 0, 0
		h.RecordPress("space", start)
		for i := 0; now.Before(start.Add(10 * time.Second)); i++ {
			isHeld, isRepeat := h.RecordPress("space", now)
			if isHeld {
				held++
			}
			if isRepeat {
				repeats++
			}
			now = now.Add(c.gaps[i%len(c.gaps)])
		}
		if held != c.want || (repeats > 0) != (c.want > 0) {
			t.Errorf("%s: held %d times, %d repeats without effect", name, held, repeats)
		}
	}
}
