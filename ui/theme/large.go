package theme

import "strings"

// Glyphs of a chart.
const (
	HalfBlock = "▒" // between Shade and Full
	Tick      = "┤"
	Cross     = "┼"
)

// LargeHeight is how many lines large text takes.
const LargeHeight = 3

// largeGlyphs are the digits of a pocket calculator.
var largeGlyphs = map[rune][LargeHeight]string{
	'0': {"┌─┐", "│ │", "└─┘"},
	'1': {"─┐ ", " │ ", "─┴─"},
	'2': {"──┐", "┌─┘", "└──"},
	'3': {"──┐", " ─┤", "──┘"},
	'4': {"│ │", "└─┤", "  │"},
	'5': {"┌──", "└─┐", "──┘"},
	'6': {"┌──", "├─┐", "└─┘"},
	'7': {"──┐", "  │", "  │"},
	'8': {"┌─┐", "├─┤", "└─┘"},
	'9': {"┌─┐", "└─┤", "──┘"},
	'-': {"  ", "──", "  "},
	' ': {"", "", ""},
}

// LargeAmount draws an amount large. Points and commas stay as they are at its foot,
// and letters and signs in the middle.
func LargeAmount(amount string) (lines [LargeHeight]string) {
	for i, r := range []rune(amount) {
		glyph, drawn := largeGlyphs[r]
		switch {
		case r == '.' || r == ',':
			glyph = [LargeHeight]string{" ", " ", string(r)}
		case !drawn:
			glyph = [LargeHeight]string{" ", string(r), " "}
		case i > 0:
			glyph = [LargeHeight]string{" " + glyph[0], " " + glyph[1], " " + glyph[2]}
		}
		for line := range lines {
			lines[line] += glyph[line]
		}
	}
	for line := range lines {
		lines[line] = strings.TrimRight(lines[line], " ")
	}
	return lines
}
