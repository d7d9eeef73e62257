package theme

// hugeDigits are digits in squares, to be read from some steps away.
var hugeDigits = [10][HugeHeight]string{
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

// HugeDigits draws digits as large as they get. All lines are equally wide.
func HugeDigits(digits string) []string {
	lines := make([]string, HugeHeight)
	for i, r := range digits {
		for line := range lines {
			if i > 0 {
				lines[line] += " "
			}
			lines[line] += hugeDigits[r-'0'][line]
		}
	}
	for i, line := range lines {
		lines[i] = logoGlyphs.Replace(line)
	}
	return lines
}
