package products

import (
	"math"
	"strconv"
	"strings"
	"time"

	"loket/ui/screen"
	"loket/ui/sheet"
	"loket/ui/theme"
)

// A chartScale maps amounts to lines of a chart. It begins at zero, so that twice the amount is a bar of twice the length.
type chartScale struct {
	centsPerLine           float64 // centsPerLine is the amount in cents that fills one line. It is a round number of euros.
	linesAbove, linesBelow int     // linesAbove and linesBelow are the numbers of lines above and below zero.
}

// fitScale returns the finest scale on which all points fit in the given number of lines.
func fitScale(points []sheet.BalancePoint, lines int) chartScale {
	var low, high float64
	for _, p := range points {
		low, high = min(low, float64(p.Cents)), max(high, float64(p.Cents))
	}
	const euro = 100
	for tens := 10.0 * euro; ; tens *= 10 {
		for _, round := range []float64{1, 2, 2.5, 3, 4, 5, 7.5} {
			s := chartScale{centsPerLine: round * tens}
			s.linesAbove, s.linesBelow = max(s.linesForAmount(high), 1), s.linesForAmount(-low)
			if s.linesAbove+s.linesBelow <= max(lines, 2) {
				return s
			}
		}
	}
}

// linesForAmount returns the number of lines that an amount above zero takes. It returns 0 for zero and negative amounts.
func (s chartScale) linesForAmount(amount float64) int {
	if amount <= 0 {
		return 0
	}
	return max(int(math.Ceil(amount/s.centsPerLine-minVisibleShade)), 1)
}

// minVisibleShade is the smallest part of a line that is drawn, as a fraction.
const minVisibleShade = 1.0 / 6

// barCell returns the glyph of an amount's bar on a line of the chart. Line 1 is the first line above zero, and line -1 the
// first below zero. On these two lines even a very small amount is visible.
func (s chartScale) barCell(cents int64, line int) string {
	amount := float64(cents)
	if line < 0 {
		amount, line = -amount, -line
	}
	part := amount/s.centsPerLine - float64(line-1)
	switch {
	case part > 5*minVisibleShade:
		return theme.FullBlock
	case part > 3*minVisibleShade:
		return theme.HalfBlock
	case part > minVisibleShade, line == 1 && part > 0:
		return theme.LightBlock
	}
	return " "
}

// A chart draws bars above the names of the months.
type chart struct {
	screen.Frame
	chartScale
	points     []sheet.BalancePoint
	labelWidth int // labelWidth is the width of the amounts at the left, in cells.
	barSpacing int // barSpacing is the width of a bar and the gap after it, in cells.
}

// Widths on a chart, in cells.
const (
	axisWidth   = 3 // axisWidth is the width between the amounts and the first bar.
	maxBarWidth = 3 // maxBarWidth is the width of the name of a month.
)

// drawChart draws points as bars on the given number of lines, with the axis at the left, and the months and years below.
func (d sheetDrawing) drawChart(points []sheet.BalancePoint, lines int) []string {
	c := chart{Frame: d.Frame, chartScale: fitScale(points, lines), points: points}
	for line := c.linesAbove; line >= -c.linesBelow; line-- {
		c.labelWidth = max(c.labelWidth, len([]rune(c.axisLabel(line))))
	}
	c.barSpacing = min(max((d.Width-c.labelWidth-axisWidth)/len(points), 2), maxBarWidth+2)

	var drawn []string
	for line := c.linesAbove; line >= -c.linesBelow; line-- {
		drawn = append(drawn, c.drawLine(line))
	}
	return append(drawn, c.drawLabels(c.monthLabel), c.drawLabels(c.yearLabel))
}

// axisLabel returns the amount of a bar that ends at the given line, without cents.
func (c chart) axisLabel(line int) string {
	amount := c.FormatAmount(int64(float64(line) * c.centsPerLine))
	return amount[:len(amount)-len(",00")]
}

func (c chart) drawLine(line int) string {
	label := c.Theme.Muted.Render(screen.AlignRight(c.axisLabel(line), c.labelWidth))
	if line == 0 {
		axis := strings.Repeat(theme.RuleGlyph, len(c.points)*c.barSpacing+1)
		return label + c.Theme.Rule.Render(" "+theme.AxisCross+axis)
	}
	var bars strings.Builder
	for _, p := range c.points {
		bar := min(c.barSpacing-1, maxBarWidth)
		bars.WriteString(strings.Repeat(c.barCell(p.Cents, line), bar) + strings.Repeat(" ", c.barSpacing-bar))
	}
	return label + c.Theme.Rule.Render(" "+theme.AxisTick+" ") + c.Theme.Accent.Render(strings.TrimRight(bars.String(), " "))
}

// drawLabels draws a line of labels, each at the left side of its bar.
func (c chart) drawLabels(label func(i int) string) string {
	line := []rune(strings.Repeat(" ", c.labelWidth+axisWidth+len(c.points)*c.barSpacing+maxBarWidth))
	for i := range c.points {
		copy(line[c.labelWidth+axisWidth+i*c.barSpacing:], []rune(label(i)))
	}
	return c.Theme.Muted.Render(strings.TrimRight(string(line), " "))
}

// monthLabel returns the short name of a month. If bars are too close together, it leaves out
// every other month.
func (c chart) monthLabel(i int) string {
	if c.barSpacing <= len("jan") && i%2 == 1 {
		return ""
	}
	return c.Translate(screen.ShortMonth(c.points[i].Month.Month))
}

// yearLabel returns the year in January, and at the first bar if there is room.
func (c chart) yearLabel(i int) string {
	d := c.points[i].Month
	untilNext := int(time.December-d.Month+1) * c.barSpacing
	if d.Month == time.January || i == 0 && untilNext > len("2026") {
		return strconv.Itoa(d.Year)
	}
	return ""
}
