package scanning

import (
	"cmp"
	"slices"
	"time"
)

// A Target is a place on the terminal that can be pressed.
type Target struct{ X, Y, Width, Height int }

// A Row is a group of targets beside each other, in which the light moves from left to right.
type Row []Target

// RowsOf groups targets into rows, from top to bottom. Targets that begin on the same line are one row.
func RowsOf(targets []Target) (rows []Row) {
	sorted := slices.Clone(targets)
	slices.SortStableFunc(sorted, func(a, b Target) int { return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X)) })
	for i, each := range sorted {
		if i == 0 || each.Y != sorted[i-1].Y {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], each)
	}
	return rows
}

// paces are how long each row or item is lit, the fastest first.
var paces = []time.Duration{
	500 * time.Millisecond, 700 * time.Millisecond, time.Second, 1500 * time.Millisecond, 2 * time.Second, 3 * time.Second, 5 * time.Second, 8 * time.Second,
}

const (
	usualPace = 4 // usualPace is the index in paces of the pace with which scanning begins.
	// rounds is how often the light goes through the items of a row before it leaves the row.
	rounds = 2
)

// An Action changes scanning itself.
type Action int

const (
	Slower Action = iota
	Faster
	Stop
)

// Scanner moves a light over what can be pressed. Where the light is depends only on the time, so that drawing changes nothing.
// The zero value is off.
type Scanner struct {
	isOn      bool
	paceIndex int
	startedAt time.Time // startedAt is when the light was at the first row, or at the first item of the row that was taken.
	inRow     bool      // inRow is true if the visitor took a row, and the light moves over its items.
	rowIndex  int       // rowIndex is the index of the row that the visitor took.
	frozenAt  time.Time // frozenAt is when the light stopped moving. It is zero while the light moves.
}

// IsOn reports whether scanning is on.
func (s *Scanner) IsOn() bool { return s.isOn }

// Pace returns how long each row or item is lit.
func (s *Scanner) Pace() time.Duration { return paces[s.paceIndex] }

// TurnOn turns scanning on, at the usual pace.
func (s *Scanner) TurnOn(now time.Time) {
	*s = Scanner{isOn: true, paceIndex: usualPace, startedAt: now}
}

// TurnOff turns scanning off.
func (s *Scanner) TurnOff() { *s = Scanner{} }

// Restart moves the light to the first row.
func (s *Scanner) Restart(now time.Time) {
	s.inRow, s.rowIndex, s.startedAt, s.frozenAt = false, 0, now, time.Time{}
}

// Freeze stops the light where it is or, if isFrozen is false, lets it go on from there.
func (s *Scanner) Freeze(isFrozen bool, now time.Time) {
	switch wasFrozen := !s.frozenAt.IsZero(); {
	case isFrozen && !wasFrozen:
		s.frozenAt = now
	case !isFrozen && wasFrozen:
		s.startedAt, s.frozenAt = s.startedAt.Add(now.Sub(s.frozenAt)), time.Time{}
	}
}

// litTime returns how long the light has moved since startedAt.
func (s *Scanner) litTime(now time.Time) time.Duration {
	if !s.frozenAt.IsZero() {
		now = s.frozenAt
	}
	return now.Sub(s.startedAt)
}

// ChangePace makes the light slower or faster. At the slowest and the fastest pace it changes nothing.
func (s *Scanner) ChangePace(by int) { s.paceIndex = min(max(s.paceIndex+by, 0), len(paces)-1) }

// A Light is what is lit: a whole row, or one item of it. The zero value is no light.
type Light struct {
	Targets  Row
	rowIndex int
}

// LightAt returns what is lit.
func (s *Scanner) LightAt(rows []Row, now time.Time) Light {
	if !s.isOn || len(rows) == 0 {
		return Light{}
	}
	steps := int(s.litTime(now) / s.Pace())
	row := 0
	if s.inRow {
		row = min(s.rowIndex, len(rows)-1)
		items := rows[row]
		if steps < rounds*len(items) {
			item := steps % len(items)
			return Light{Targets: items[item : item+1], rowIndex: row}
		}
		steps -= rounds * len(items)
	}
	row = (row + steps) % len(rows)
	return Light{Targets: rows[row], rowIndex: row}
}

// NextStep returns the time until the light moves or, if it is frozen, until the caller should look whether it still is.
func (s *Scanner) NextStep(now time.Time) time.Duration {
	pace := s.Pace()
	if !s.frozenAt.IsZero() {
		return pace
	}
	return pace - s.litTime(now)%pace
}

// Take takes what is lit. If that is a row of several items, the light goes over these items, and there is nothing to press yet.
func (s *Scanner) Take(light Light, now time.Time) (pressed Target, isItem bool) {
	switch len(light.Targets) {
	case 0:
		return Target{}, false
	case 1:
		s.Restart(now)
		return light.Targets[0], true
	}
	s.inRow, s.rowIndex, s.startedAt, s.frozenAt = true, light.rowIndex, now, time.Time{}
	return Target{}, false
}
