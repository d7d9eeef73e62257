package theme

import "strings"

// Glyphs of a chart.
const (
	HalfBlock = "▒" // between Shade and Full
	AxisTick  = "┤"
	AxisCross = "┼"
)

// figures are the signs of an amount or a time in squares, five high, so solid that they can be
// read from some steps away.
var figures = map[rune][]string{
	'0': {"###", "# #", "# #", "# #", "###"},
	'1': {"## ", " # ", " # ", " # ", "###"},
	'2': {"###", "  #", "###", "#  ", "###"},
	'3': {"###", "  #", "###", "  #", "###"},
	'4': {"# #", "# #", "###", "  #", "  #"},
	'5': {"###", "#  ", "###", "  #", "###"},
	'6': {"###", "#  ", "###", "# #", "###"},
	'7': {"###", "  #", "  #", "  #", "  #"},
	'8': {"###", "# #", "###", "# #", "###"},
	'9': {"###", "# #", "###", "  #", "###"},
	'€': {" ###", "##  ", " #  ", "##  ", " ###"},
	'-': {"  ", "  ", "##", "  ", "  "},
	'.': {" ", " ", " ", " ", "#"},
	',': {" ", " ", " ", "#", "#"},
	':': {" ", "#", " ", "#", " "},
	' ': {" ", " ", " ", " ", " "},
}

// squares draws signs side by side, a # for each square. All lines are equally wide. What has
// no figure, such as the EUR of a Linux console, is left out.
func squares(signs string) []string {
	signs = strings.TrimLeft(strings.Map(func(sign rune) rune {
		if figures[sign] == nil {
			return -1
		}
		return sign
	}, signs), " ")
	lines := make([]string, len(figures['0']))
	for i, sign := range []rune(signs) {
		for line := range lines {
			if i > 0 {
				lines[line] += " "
			}
			lines[line] += figures[sign][line]
		}
	}
	return lines
}

// HugeFigures draws an amount, a time or a number as large as it gets: a square in two
// cells.
func HugeFigures(signs string) []string {
	lines := squares(signs)
	for i, line := range lines {
		lines[i] = logoGlyphs.Replace(line)
	}
	return lines
}

// LargeFigures draws the same with two squares in a cell, one above the other. On a Linux
// console, whose font has no half blocks, a cell is one square, twice as high as wide.
func (t Theme) LargeFigures(signs string) []string {
	all, high := squares(signs), 2
	if t.IsConsole {
		high = 1
	}
	var lines []string
	for i := 0; i < len(all); i += high {
		var line strings.Builder
		for x := range all[i] {
			above := all[i][x] == '#'
			below := above
			if high == 2 {
				below = i+1 < len(all) && all[i+1][x] == '#'
			}
			line.WriteString(moduleGlyph(above, below))
		}
		lines = append(lines, line.String())
	}
	return lines
}
