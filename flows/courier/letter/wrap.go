package letter

import (
	"regexp"
	"strings"
)

// unbrokenPattern matches what readers must find on one line: a date, a time, an amount, a Dutch postcode, and a number in groups
// of digits.
var unbrokenPattern = regexp.MustCompile(`€ [\d.,]+|\d{1,2} \p{L}+ \d{4}|\d[\d.:]* (?:uur|am|pm)\b|\d{4} {1,2}[A-Z]{2}\b|\+?\d+(?: \d+)+`)

// unbrokenSpace stands for a space at which wrapText does not break a line. No text of a letter contains it.
const unbrokenSpace = "\x00"

// wrapText breaks text into lines of at most width millimetres in the current font. It breaks at spaces, but not in a number. A
// word that is longer than a line is broken at its last letter that fits.
func (d *letterPDF) wrapText(text string, width float64) (lines []string) {
	text = unbrokenPattern.ReplaceAllStringFunc(text, func(number string) string { return strings.ReplaceAll(number, " ", unbrokenSpace) })
	for paragraph := range strings.SplitSeq(text, "\n") {
		line, isFirst := "", true
		for word := range strings.SplitSeq(paragraph, " ") {
			word = strings.ReplaceAll(word, unbrokenSpace, " ")
			switch {
			case isFirst:
				line = word
			case d.pdf.GetStringWidth(line+" "+word) <= width:
				line += " " + word
			default:
				lines, line = append(lines, strings.TrimRight(line, " ")), word
			}
			isFirst = false
			for part := d.firstPart(line, width); part != line; part = d.firstPart(line, width) {
				lines, line = append(lines, part), line[len(part):]
			}
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// firstPart returns the longest beginning of a line that fits width, and at least one character.
func (d *letterPDF) firstPart(line string, width float64) string {
	characters := []rune(line)
	fitting := min(len(characters), 1)
	for fitting < len(characters) && d.pdf.GetStringWidth(string(characters[:fitting+1])) <= width {
		fitting++
	}
	return string(characters[:fitting])
}
