package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/sheet"
	"loket/ui/words"
)

// record gives what stands in a record as it can be drawn: clean, on one line,
// with the terminal's glyphs.
func (f frame) record(s string) string { return f.say(words.Record(s)) }

// amount gives an amount in euro cents as people write it.
func (f frame) amount(cents int64) string { return f.say(words.Amount(cents)) }

var monthsNL = [...]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}

// shortMonth names a month in three letters.
func shortMonth(m time.Month) text.Text { return text.New(monthsNL[m-1], m.String()[:3]) }

// shortDate gives an ISO date as it stands in a column: "2 nov 2026". What is no
// date stays as it is, as far as it fits.
func (f frame) shortDate(iso string) string {
	d, err := dutch.ParseDate(iso)
	if err != nil {
		return f.cut(f.record(iso), len("22 nov 2026"))
	}
	return fmt.Sprintf("%d %s %d", d.Day, f.say(shortMonth(d.Month)), d.Year)
}

// day is today.
func (f frame) day() dutch.Date { return dutch.DateOf(f.Now) }

// cut shortens s to width, and shows that it did.
func (f frame) cut(s string, width int) string {
	return ansi.Truncate(s, max(width, 0), f.Theme.Spell("…"))
}

// flush puts text at the right of a column.
func flush(text string, width int) string {
	return strings.Repeat(" ", max(width-lipgloss.Width(text), 0)) + text
}

// styled gives every line a style of its own, so that none runs on into the next.
func styled(style lipgloss.Style, lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = style.Render(line)
	}
	return out
}

// heading draws what comes next, a line across, and perhaps what its right side is.
func (f frame) heading(what, aside string) string {
	const shortest = 2 // of the line between
	aside = f.cut(aside, f.Width/2)
	room := f.Width - shortest - 1
	if aside != "" {
		room -= lipgloss.Width(aside) + 1
	}
	what = f.cut(what, room)
	across := f.Theme.Across(shortest + room - lipgloss.Width(what))
	line := f.Theme.Strong.Render(what) + " " + across
	if aside != "" {
		line += " " + f.Theme.Muted.Render(aside)
	}
	return line
}

// facts draws names and values in two columns, in no more than width. A fact
// without a value is left out; a long value goes on below itself.
func (f frame) facts(width int, all ...sheet.Fact) []string {
	return f.column(width, f.naming(all), all)
}

// naming is how wide the names of facts are.
func (f frame) naming(all []sheet.Fact) (width int) {
	for _, one := range all {
		if f.say(one.Value) != "" {
			width = max(width, lipgloss.Width(f.say(one.Name)))
		}
	}
	return width
}

func (f frame) column(width, naming int, all []sheet.Fact) (lines []string) {
	const gap = 2
	for _, one := range all {
		name, value := f.say(one.Name), f.say(one.Value)
		if value == "" {
			continue
		}
		for _, part := range f.wrap(value, width-naming-gap) {
			lines = append(lines, f.Theme.Muted.Render(pad(name, naming+gap))+part)
			name = ""
		}
	}
	return lines
}

// inPairs draws facts side by side, or below each other where they do not fit.
func (f frame) inPairs(all ...sheet.Fact) []string {
	half, naming := (len(all)+1)/2, f.naming(all)
	return f.beside(f.column(f.Width, naming, all[:half]), f.column(f.Width, naming, all[half:]))
}

// beside puts right next to left, from the middle on, or below it where the two
// do not fit.
func (f frame) beside(left, right []string) (lines []string) {
	from := f.secondColumn(left)
	if from+widest(right) > f.Width {
		return slices.Concat(left, right)
	}
	for i := range max(len(left), len(right)) {
		line := ""
		if i < len(left) {
			line = left[i]
		}
		if i < len(right) && right[i] != "" {
			line = pad(line, from) + right[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// secondColumn is where it begins, behind the first: in the middle, if it can.
func (f frame) secondColumn(first []string) int {
	const gap = 3
	return max(widest(first)+gap, f.Width/2)
}

// widest is the width of the widest text.
func widest(all []string) (width int) {
	for _, text := range all {
		width = max(width, lipgloss.Width(text))
	}
	return width
}

// inside cuts every line to the frame, whatever a record holds.
func (f frame) inside(lines []string) []string {
	for i, line := range lines {
		lines[i] = ansi.Truncate(line, f.Width, "")
	}
	return lines
}
