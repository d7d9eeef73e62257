package screen

import (
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
)

// Width returns the number of cells that a line takes on the terminal, without its control sequences. It is a fast lipgloss.Width for
// lines of letters and glyphs that take one cell each. A frame asks for hundreds of widths, and lipgloss looks for grapheme clusters
// in each line.
func Width(line string) (cells int) {
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		switch {
		case takesOneCell(r):
			cells++
		case r == '\x1b':
			if size = styleLength(line[i:]); size == 0 {
				return lipgloss.Width(line)
			}
		default:
			return lipgloss.Width(line)
		}
		i += size
	}
	return cells
}

// takesOneCell reports whether a rune is known to take one cell, and never joins with another such rune into one character.
func takesOneCell(r rune) bool {
	switch {
	case ' ' <= r && r <= '~', '¡' <= r && r <= 'ÿ' && r != softHyphen:
		return true
	case '─' <= r && r <= '▼': // Lines, blocks and arrowheads.
		return true
	}
	return strings.ContainsRune("‘’“”–—•…€↑↓←→", r)
}

const softHyphen = '\u00ad'

// styleLength returns the length of the control sequence for a style (SGR) at the start of a line, in bytes, or 0 if there is another
// control sequence.
func styleLength(line string) int {
	parameters, isStyle := strings.CutPrefix(line, "\x1b[")
	end := strings.IndexFunc(parameters, func(r rune) bool { return (r < '0' || r > '9') && r != ';' && r != ':' })
	if !isStyle || end < 0 || parameters[end] != 'm' {
		return 0
	}
	return len(line) - len(parameters) + end + 1
}
