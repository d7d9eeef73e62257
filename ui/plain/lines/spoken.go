package lines

import (
	"strings"
	"unicode"
)

// TakeWords returns how many words were written since the last time, as they are read out.
func (w *Writer) TakeWords() int {
	taken := w.words
	w.words = 0
	return taken
}

// Spoken returns how many words a text is when it is read out. In a number each digit is one,
// as in "five thousand three hundred", and so is a sign of money or percent.
func Spoken(text string) (words int) {
	for word := range strings.FieldsSeq(text) {
		said := 0
		for _, r := range word {
			if unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) || r == '%' {
				said++
			}
		}
		words += max(said, 1)
	}
	return words
}
