package screen

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/sheet"
	"loket/ui/words"
)

// CleanRecordText returns text from a record in a form that can be drawn: on one line, without control characters, and with glyphs
// that the terminal has.
func (f Frame) CleanRecordText(s string) string { return f.Translate(words.CleanRecordText(s)) }

// FormatAmount formats an amount in euro cents in the frame's language.
func (f Frame) FormatAmount(cents int64) string { return f.Translate(words.FormatAmount(cents)) }

var monthsNL = [...]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}

// ShortMonth returns the name of a month in three letters.
func ShortMonth(m time.Month) text.Text { return text.New(monthsNL[m-1], m.String()[:3]) }

// ShortDate formats an ISO date for a column: "2 nov 2026". If the text is not a date, it returns the text, cut to the width
// of a date.
func (f Frame) ShortDate(iso string) string {
	d, err := dutch.ParseDate(iso)
	if err != nil {
		return f.Truncate(f.CleanRecordText(iso), len("22 nov 2026"))
	}
	return fmt.Sprintf("%d %s %d", d.Day, f.Translate(ShortMonth(d.Month)), d.Year)
}

// Today returns the date of the frame's time.
func (f Frame) Today() dutch.Date { return dutch.DateOf(f.Now) }

// Truncate shortens s to width cells, and ends it with an ellipsis if it was longer.
func (f Frame) Truncate(s string, width int) string {
	return ansi.Truncate(s, max(width, 0), f.Theme.ReplaceMissingGlyphs("…"))
}

// AlignRight puts text at the right of a column of width cells.
func AlignRight(text string, width int) string {
	return strings.Repeat(" ", max(width-Width(text), 0)) + text
}

// DrawHeading draws a heading and a horizontal line. If aside is not empty, it follows the line at the right, or below the heading
// if it does not fit.
func (f Frame) DrawHeading(what, aside string) []string {
	const shortest = 2 // shortest is the least length of the line, in cells.
	lines := StyleLines(f.Theme.Strong, f.Wrap(what, f.Width-shortest-1))
	last := len(lines) - 1
	room := f.Width - Width(lines[last]) - 1
	switch beside := room - shortest - 1; {
	case aside == "":
		lines[last] += " " + f.Theme.DrawRule(room)
	case Width(aside) <= beside:
		lines[last] += " " + f.Theme.DrawRule(room-1-Width(aside)) + " " + f.Theme.Muted.Render(aside)
	default:
		lines[last] += " " + f.Theme.DrawRule(room)
		lines = append(lines, StyleLines(f.Theme.Muted, f.Wrap(aside, f.Width))...)
	}
	return lines
}

// DrawFacts draws names and values in two columns, in at most width cells. It leaves out a fact
// without a value, and wraps a long value in its column.
func (f Frame) DrawFacts(width int, all ...sheet.Fact) []string {
	return f.drawFactColumn(width, f.factNamesWidth(all), all)
}

// factNamesWidth returns the width of the widest name of a fact with a value.
func (f Frame) factNamesWidth(all []sheet.Fact) (width int) {
	for _, one := range all {
		if f.Translate(one.Value) != "" {
			width = max(width, Width(f.Translate(one.Name)))
		}
	}
	return width
}

func (f Frame) drawFactColumn(width, naming int, all []sheet.Fact) (lines []string) {
	const gap = 2
	for _, one := range all {
		name, value := f.Translate(one.Name), f.Translate(one.Value)
		if value == "" {
			continue
		}
		for _, part := range f.Wrap(value, width-naming-gap) {
			lines = append(lines, f.Theme.Muted.Render(Pad(name, naming+gap))+part)
			name = ""
		}
	}
	return lines
}

// DrawFactPairs draws facts in two halves. The halves are side by side, or one below the other if they do not fit.
func (f Frame) DrawFactPairs(all ...sheet.Fact) []string {
	half, naming := (len(all)+1)/2, f.factNamesWidth(all)
	return f.JoinSideBySide(f.drawFactColumn(f.Width, naming, all[:half]), f.drawFactColumn(f.Width, naming, all[half:]))
}

// JoinSideBySide puts right beside left, starting at the middle of the frame. If they do not fit, it puts right below left.
func (f Frame) JoinSideBySide(left, right []string) (lines []string) {
	const gap = 3
	from := max(WidestTextWidth(left)+gap, min(f.Width/2, f.Width-WidestTextWidth(right)))
	if from+WidestTextWidth(right) > f.Width {
		return slices.Concat(left, right)
	}
	for i := range max(len(left), len(right)) {
		line := ""
		if i < len(left) {
			line = left[i]
		}
		if i < len(right) && right[i] != "" {
			line = Pad(line, from) + right[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// WidestTextWidth returns the width of the widest text.
func WidestTextWidth(all []string) (width int) {
	for _, text := range all {
		width = max(width, Width(text))
	}
	return width
}

// Clip cuts every line to the width of the frame, because records may contain long texts.
func (f Frame) Clip(lines []string) []string {
	for i, line := range lines {
		if Width(line) > f.Width {
			lines[i] = ansi.Truncate(line, f.Width, "")
		}
	}
	return lines
}

// PadToEqualWidths pads lines to the same width, so that they stay aligned when they are centred.
func PadToEqualWidths(lines []string) []string {
	width := 0
	for _, line := range lines {
		width = max(width, Width(line))
	}
	for i, line := range lines {
		lines[i] = Pad(line, width)
	}
	return lines
}

// Timestamp returns date and time for a column: "22 nov 2026 14:07".
func (f Frame) Timestamp(t time.Time) string {
	return f.ShortDate(dutch.DateOf(t).String()) + " " + t.In(dutch.AmsterdamZone).Format("15:04")
}
