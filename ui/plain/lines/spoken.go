package lines

import (
	"strings"
	"unicode"
)

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
