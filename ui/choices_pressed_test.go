package ui

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A digitRow is a row with a digit by which it is chosen.
var digitRow = regexp.MustCompile(`(?m)^ *(?:▶ )? *(?:[^(\n]{0,30}[(][ •][)] )?([1-9])  \S.*$`)

// TestRowsPressed checks of every screen that a press on each row of a choice does what its
// digit does (R33).
func TestRowsPressed(t *testing.T) {
	for name, come := range frames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var rows map[string]string // by digit
			atKiosk(t, Options{}, func(v *visitor) {
				come(v)
				rows = v.digitRows()
			})
			for digit, row := range rows {
				byDigit := screenAfter(t, come, func(v *visitor) {
					if strings.Contains(row, ") "+digit) { // an answer, which a digit chooses where the focus is
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

// digitRows are the rows with a digit that are to be seen, by the digit.
func (v *visitor) digitRows() map[string]string {
	rows := map[string]string{}
	for _, found := range digitRow.FindAllStringSubmatch(v.screen(), -1) {
		rows[found[1]] = strings.TrimPrefix(strings.TrimSpace(found[0]), "▶ ")
	}
	return rows
}

// otherThan is another digit of the rows.
func otherThan(digit string, rows map[string]string) string {
	digits := slices.Sorted(maps.Keys(rows))
	return digits[(slices.Index(digits, digit)+1)%len(digits)]
}

// screenAfter is what is to be seen after something was done on a screen: its lines, of which
// two that happened at once stand in either order.
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
