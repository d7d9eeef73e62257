package theme

import "strings"

// The glyphs of a chart.
const (
	HalfBlock = "▒" // HalfBlock is darker than LightBlock and lighter than FullBlock.
	AxisTick  = "┤"
	AxisCross = "┼"
)

// figureDrawings maps each character of an amount or a time to a drawing of 5 lines of squares. The figures are large enough to be
// read from a few steps away.
var figureDrawings = map[rune][]string{
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

// drawSquares draws the characters of a text side by side, with a # for each square. All lines have the same width. Characters
// without a figure, such as those of "EUR", are left out.
func drawSquares(signs string) []string {
	signs = strings.TrimLeft(strings.Map(func(sign rune) rune {
		if figureDrawings[sign] == nil {
			return -1
		}
		return sign
	}, signs), " ")
	lines := make([]string, len(figureDrawings['0']))
	for i, sign := range []rune(signs) {
		for line := range lines {
			if i > 0 {
				lines[line] += " "
			}
			lines[line] += figureDrawings[sign][line]
		}
	}
	return lines
}

// DrawHugeFigures draws an amount, a time or a number in the largest size. A square takes two cells.
func DrawHugeFigures(signs string) []string {
	lines := drawSquares(signs)
	for i, line := range lines {
		lines[i] = logoGlyphs.Replace(line)
	}
	return lines
}

// DrawLargeFigures draws an amount, a time or a number with two squares in a cell, one above the other. On a Linux console, whose
// font has no half blocks, each square takes one cell.
func (t Theme) DrawLargeFigures(signs string) []string {
	all, high := drawSquares(signs), 2
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
