package ui

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// digitRow matches a row with a choice and its digit.
var digitRow = regexp.MustCompile(`(?m)^ *(?:▶ )? *(?:[^(\n]{0,30}[(][ •][)] )?([1-9])  \S.*$`)

// TestRowsPressed checks on every screen that a click on the row of a choice has the same effect as its digit (R33).
func TestRowsPressed(t *testing.T) {
	skipUnderRace(t)
	for name, come := range frames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var rows map[string]string // rows maps digits to the rows that have them.
			atKiosk(t, Options{}, func(v *visitor) {
				come(v)
				rows = v.digitRows()
			})
			for digit, row := range rows {
				byDigit := screenAfter(t, come, func(v *visitor) {
					// This row is an option of a choice field, whose digit works only while the field has the focus.
					if strings.Contains(row, ") "+digit) {
						v.clicks(v.digitRows()[otherThan(digit, rows)])
					}
					v.press(digit)
				})
				if byPress := screenAfter(t, come, func(v *visitor) { v.clicks(row) }); byPress != byDigit {
					t.Errorf("%q leads to\n%s\nand its digit to\n%s", row, byPress, byDigit)
				}
			}
		})
	}
}

// digitRows returns the visible rows with a digit, by the digit.
func (v *visitor) digitRows() map[string]string {
	rows := map[string]string{}
	for _, found := range digitRow.FindAllStringSubmatch(v.screen(), -1) {
		rows[found[1]] = strings.TrimPrefix(strings.TrimSpace(found[0]), "▶ ")
	}
	return rows
}

// otherThan returns another digit that a row has.
func otherThan(digit string, rows map[string]string) string {
	digits := slices.Sorted(maps.Keys(rows))
	return digits[(slices.Index(digits, digit)+1)%len(digits)]
}

// screenAfter returns the screen after do, as sorted lines, because events of the same time may be shown in any order.
func screenAfter(t *testing.T, come, do func(*visitor)) string {
	var lines []string
	atKiosk(t, Options{}, func(v *visitor) {
		come(v)
		do(v)
		lines = strings.Split(v.screen(), "\n")
	})
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
