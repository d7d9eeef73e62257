package theme

import "strings"

// logo is the logo, the name mijn.nn, drawn in squares.
var logo = []string{
	"      #  #",
	"",
	"####  #  # ###     ###  ###",
	"# # # #  # #  #    #  # #  #",
	"# # # #  # #  #    #  # #  #",
	"# # # #  # #  #  # #  # #  #",
	"        ##",
}

// logoGlyphs replaces each square, and each space between squares, by two cells.
var logoGlyphs = strings.NewReplacer("#", FullBlock+FullBlock, " ", "  ")

// LogoLines draws the name of the bank in large letters. All lines have the same width.
func LogoLines() []string {
	width := 0
	for _, line := range logo {
		width = max(width, len(line))
	}
	lines := make([]string, len(logo))
	for i, line := range logo {
		line += strings.Repeat(" ", width-len(line))
		lines[i] = logoGlyphs.Replace(line)
	}
	return lines
}
