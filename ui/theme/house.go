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

// House draws the name of the house large. All its lines are equally wide.
func House() []string {
	width := 0
	for _, line := range house {
		width = max(width, len(line))
	}
	lines := make([]string, len(house))
	for i, line := range house {
		line += strings.Repeat(" ", width-len(line))
		lines[i] = strings.NewReplacer("#", Full+Full, " ", "  ").Replace(line)
	}
	return lines
}
