package lines

import (
	"strings"
	"unicode"
)

// TakeWordCount returns how many spoken words were written since the last call.
func (w *Writer) TakeWordCount() int {
	taken := w.wordCount
	w.wordCount = 0
	return taken
}

// CountSpokenWords returns how many words a screen reader says for a text. It counts each digit of a
// number as a word, as in "five thousand three hundred", and each sign of money or percent.
func CountSpokenWords(text string) (words int) {
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
