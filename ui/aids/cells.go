package aids

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// replaceCells replaces width cells of a line, from x on. draw draws the new text, given the text of those cells without its style.
func replaceCells(line string, x, width int, draw func(text string) string) string {
	left, rest := splitCells(line, x)
	middle, right := splitCells(rest, width)
	return left + draw(ansi.Strip(middle)) + right
}

// splitCells splits a line after a number of cells. Each part has only the control sequences for the style of its own text. The parts
// that package ansi cuts have all control sequences of the line, so that a line would get twice as many with each item that lights up.
func splitCells(line string, cells int) (left, right string) {
	style := "" // style has the control sequences that apply to the next cell.
	at := 0
	for state := byte(0); at < len(line) && (cells > 0 || style != ""); {
		part, width, length, next := ansi.DecodeSequence(line[at:], state, nil)
		if width > cells {
			break
		}
		at, cells, state = at+length, cells-width, next
		switch {
		case part == ansi.ResetStyle:
			style = ""
		case strings.HasPrefix(part, "\x1b["):
			style += part
		}
	}
	if style == "" {
		return line[:at], line[at:]
	}
	return line[:at] + ansi.ResetStyle, style + line[at:]
}
