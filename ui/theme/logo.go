package theme

import "strings"

// logo is the name of the logo, mijn.nn, in squares.
var logo = []string{
	"      #  #",
	"",
	"####  #  # ###     ###  ###",
	"# # # #  # #  #    #  # #  #",
	"# # # #  # #  #    #  # #  #",
	"# # # #  # #  #  # #  # #  #",
	"        ##",
}

// logoGlyphs makes squares of what stands for them: two cells each.
var logoGlyphs = strings.NewReplacer("#", FullBlock+FullBlock, " ", "  ")

// LogoLines draws the name of the house large. All its lines are equally wide.
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
