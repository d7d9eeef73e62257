package screen

import (
	"strings"

	"loket/flows/text"
	"loket/ui/theme"
)

// DrawHelplines draws the phone numbers and opening hours of helplines, each on its own line.
func (f Frame) DrawHelplines(all []text.Text) []string {
	if len(all) == 0 {
		return nil
	}
	lines := []string{""}
	for _, line := range all {
		lines = append(lines, StyleLines(f.Theme.Muted, f.wrapAtSeparator(f.Translate(line)))...)
	}
	return lines
}

// wrapAtSeparator returns a text on one line if it fits. Otherwise it breaks the text at its first separator.
func (f Frame) wrapAtSeparator(text string) []string {
	const between, indent = " " + theme.Separator + " ", "  "
	first, rest, more := strings.Cut(text, between)
	if !more || Width(text) <= f.Width {
		return f.Wrap(text, f.Width)
	}
	lines := f.Wrap(first, f.Width)
	for _, line := range f.Wrap(rest, f.Width-len(indent)) {
		lines = append(lines, indent+line)
	}
	return lines
}
