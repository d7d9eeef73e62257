package lines

import (
	"strings"
	"unicode"
)

// TakeWordCount returns the number of words, as a screen reader speaks them, that were written since the last call.
func (w *Writer) TakeWordCount() int {
	taken := w.wordCount
	w.wordCount = 0
	return taken
}

// CountSpokenWords returns the number of words that a screen reader speaks for a text. Each digit of a number counts as a
// word, as in "five thousand three hundred", and so does each € or % sign.
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
