package lines

import (
	"strings"
	"unicode"
)

// TakeWords returns how many spoken words were written since the last call.
func (w *Writer) TakeWords() int {
	taken := w.words
	w.words = 0
	return taken
}

// Spoken returns how many words a screen reader says for a text. It counts each digit of a
// number as a word, as in "five thousand three hundred", and each sign of money or percent.
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
