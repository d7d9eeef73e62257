package products

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
	"loket/ui/sheet"
)

// monthly returns a series of amounts in euros, one for each month. The last month is November 2026.
func monthly(euros ...int64) (points []sheet.BalancePoint) {
	for i, amount := range euros {
		points = append(points, sheet.BalancePoint{Month: dutch.NewDate(2026, 11, 1).AddMonths(i - len(euros) + 1), Cents: amount * 100})
	}
	return points
}

func TestScale(t *testing.T) {
	for _, c := range []struct {
		points       []sheet.BalancePoint
		lines        int
		step         float64 // step is an amount in euros.
		above, below int
	}{
		{monthly(0, 0), 4, 10, 1, 0},
		{monthly(1), 4, 10, 1, 0},
		{monthly(10, 40), 4, 10, 4, 0},
		{monthly(41), 4, 10, 4, 0}, // The amount above the line is too small to be drawn.
		{monthly(42), 4, 20, 2, 0},
		{monthly(12000), 4, 3000, 4, 0},
		{monthly(12345), 5, 2500, 5, 0},
		{monthly(1000000), 4, 250000, 4, 0},
		{monthly(-500, 1000), 4, 500, 2, 1},
		{monthly(-500), 4, 200, 1, 3},
		{monthly(-1, 40), 4, 20, 2, 1},  // The amount is too small for its scale, but it must be visible.
		{monthly(-10, 10), 1, 10, 1, 1}, // Each side of zero has at least one line.
	} {
		got := fitScale(c.points, c.lines)
		if got != (chartScale{c.step * 100, c.above, c.below}) {
			t.Errorf("%v on %d lines: %+v", c.points, c.lines, got)
		}
	}
}

func TestChart(t *testing.T) {
	for name, c := range map[string]struct {
		width  int
		points []sheet.BalancePoint
		want   string
	}{
		"half a year": {screen.ColumnWidth, monthly(500, 1000, 1500, 2000, 0, 1250), `
€ 2.000 ┤                ███
€ 1.500 ┤           ███  ███       ░░░
€ 1.000 ┤      ███  ███  ███       ███
  € 500 ┤ ███  ███  ███  ███       ███
    € 0 ┼───────────────────────────────
          jun  jul  aug  sep  okt  nov
          2026`},
		"over a new year, shaded": {screen.ColumnWidth, monthly(0, 1, 9, 16, 22, 26, 37, 40, 40, 40, 40, 40), `
€ 40 ┤                               ▒▒▒  ███  ███  ███  ███  ███
€ 30 ┤                     ░░░  ▒▒▒  ███  ███  ███  ███  ███  ███
€ 20 ┤                ▒▒▒  ███  ███  ███  ███  ███  ███  ███  ███
€ 10 ┤      ░░░  ███  ███  ███  ███  ███  ███  ███  ███  ███  ███
 € 0 ┼─────────────────────────────────────────────────────────────
       dec  jan  feb  mrt  apr  mei  jun  jul  aug  sep  okt  nov
       2025 2026`},
		"below zero": {40, monthly(100, 50, -40, -100, 25), `
 € 100 ┤ ███
  € 50 ┤ ███  ███            ░░░
   € 0 ┼──────────────────────────
 € -50 ┤           ▒▒▒  ███
€ -100 ┤                ███
         jul  aug  sep  okt  nov
         2026`},
		"narrow": {30, monthly(40, 40, 40, 40, 40, 40, 40, 40, 40, 40), `
€ 40 ┤ █ █ █ █ █ █ █ █ █ █
€ 30 ┤ █ █ █ █ █ █ █ █ █ █
€ 20 ┤ █ █ █ █ █ █ █ █ █ █
€ 10 ┤ █ █ █ █ █ █ █ █ █ █
 € 0 ┼─────────────────────
       feb apr jun aug okt
       2026`},
	} {
		t.Run(name, func(t *testing.T) {
			got := ansi.Strip(strings.Join(sheetDrawing{screentest.Frame(text.Dutch, c.width)}.drawChart(c.points, 4), "\n"))
			if got != c.want[1:] {
				t.Errorf("got\n%s\nwant\n%s", got, c.want[1:])
			}
		})
	}
}

// TestBars checks that a larger amount never has a smaller bar.
func TestBars(t *testing.T) {
	fullness := []string{" ", "░", "▒", "█"}
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(-5000000, 5000000), 2, 12).Draw(t, "amounts")
		slices.Sort(amounts)
		var points []sheet.BalancePoint
		for _, a := range amounts {
			points = append(points, sheet.BalancePoint{Cents: a})
		}
		lines := rapid.IntRange(2, 10).Draw(t, "lines")
		s := fitScale(points, lines)
		if s.linesAbove+s.linesBelow > lines {
			t.Fatalf("%+v takes more than %d lines", s, lines)
		}
		height := func(cents int64) (sum int) {
			for line := -s.linesBelow; line <= s.linesAbove; line++ {
				if line != 0 {
					sum += slices.Index(fullness, s.barCell(cents, line)) * max(min(line, 1), -1)
				}
			}
			return sum
		}
		for i, a := range amounts {
			if i > 0 && height(a) < height(amounts[i-1]) {
				t.Fatalf("%d is drawn lower than %d", a, amounts[i-1])
			}
			if (a > 0 && height(a) <= 0) || (a < 0 && height(a) >= 0) || (a == 0 && height(a) != 0) {
				t.Fatalf("%d is drawn %d high", a, height(a))
			}
		}
	})
}
