package theme

import "strings"

// house is the name of the house, mijn.nn, in squares.
var house = []string{
	"      #  #",
	"",
	"####  #  # ###     ###  ###",
	"# # # #  # #  #    #  # #  #",
	"# # # #  # #  #    #  # #  #",
	"# # # #  # #  #  # #  # #  #",
	"        ##",
}

// squares makes squares of what stands for them: two cells each.
var squares = strings.NewReplacer("#", Full+Full, " ", "  ")

// House draws the name of the house large. All its lines are equally wide.
func House() []string {
	width := 0
	for _, line := range house {
		width = max(width, len(line))
	}
	lines := make([]string, len(house))
	for i, line := range house {
		line += strings.Repeat(" ", width-len(line))
		lines[i] = squares.Replace(line)
	}
	return lines
}
