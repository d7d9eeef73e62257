package theme

// huge are digits in squares, to be read from some steps away.
var huge = [10][HugeHeight]string{
	{"###", "# #", "# #", "# #", "###"},
	{" # ", "## ", " # ", " # ", "###"},
	{"###", "  #", "###", "#  ", "###"},
	{"###", "  #", "###", "  #", "###"},
	{"# #", "# #", "###", "  #", "  #"},
	{"###", "#  ", "###", "  #", "###"},
	{"###", "#  ", "###", "# #", "###"},
	{"###", "  #", "  #", "  #", "  #"},
	{"###", "# #", "###", "# #", "###"},
	{"###", "# #", "###", "  #", "###"},
}

// HugeHeight is how many lines huge digits take.
const HugeHeight = 5

// Huge draws digits as large as they get. All lines are equally wide.
func Huge(digits string) []string {
	lines := make([]string, HugeHeight)
	for i, r := range digits {
		for line := range lines {
			if i > 0 {
				lines[line] += " "
			}
			lines[line] += huge[r-'0'][line]
		}
	}
	for i, line := range lines {
		lines[i] = squares.Replace(line)
	}
	return lines
}
