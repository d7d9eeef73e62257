package credentials

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// wordList has common words of Dutch and English, and words of the bank. The words contain no digits or signs, because isKnownWord
// skips them.
//
//go:embed words.txt
var wordList string

var commonWords = strings.Fields(wordList)

// minMatchedNameLength is the smallest number of letters in a name that isKnownWord looks for. Shorter names occur in too many words.
const minMatchedNameLength = 2

// isKnownWord reports whether a password consists of a common word or one of the names, with at most digits, signs and capitals
// added (NIST SP 800-63B §3.1.1.2, OWASP ASVS 6.2.11).
func isKnownWord(password string, names []string) bool {
	lower := strings.ToLower(password)
	isMadeOf := func(word string) bool { return spellsWordRepeatedly(lower, word) }
	return slices.ContainsFunc(commonWords, isMadeOf) || slices.ContainsFunc(splitNamesIntoWords(names), isMadeOf)
}

// splitNamesIntoWords returns the names, and the separate parts of each name, in the letters a to z.
func splitNamesIntoWords(names []string) (all []string) {
	for _, name := range names {
		lower := strings.ToLower(norm.NFC.String(name))
		for _, spelling := range []string{toBaseLetters(lower), toBaseLetters(letterPairs.Replace(lower))} {
			parts := strings.FieldsFunc(spelling, func(r rune) bool { return r < 'a' || r > 'z' })
			for _, word := range append(parts, strings.Join(parts, "")) {
				if len(word) >= minMatchedNameLength && !slices.Contains(all, word) {
					all = append(all, word)
				}
			}
		}
	}
	return all
}

// toBaseLetters returns s, in lower case, without accents, and with other Latin letters as the letters they resemble.
func toBaseLetters(s string) string {
	return baseLetters.Replace(strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// baseLetters maps Latin letters that Unicode does not decompose to the letters that people type instead.
var baseLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "þ", "th", "ĳ", "ij",
	"ł", "l", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ŋ", "n", "ŧ", "t", "ĸ", "k")

// letterPairs maps letters to the pair of letters that people in Germany and in the north type instead.
var letterPairs = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa", "ŋ", "ng", "đ", "dj", "ð", "dh")

// lookalikes maps letters to the digits and signs that people type instead.
var lookalikes = map[byte]string{
	'a': "4@", 'b': "8", 'c': "(<", 'e': "3", 'g': "96", 'i': "1!|", 'l': "1|!", 'o': "0", 's': "5$", 't': "7+", 'z': "2",
}

// maxMatchedWordLength is the largest number of letters in a word that spellsWordRepeatedly looks for.
const maxMatchedWordLength = 60

// spellsWordRepeatedly reports whether typed spells the word, once or repeatedly, and contains no other letters. A digit or sign can
// stand for a letter, or be ignored.
func spellsWordRepeatedly(typed, word string) bool {
	if len(word) > maxMatchedWordLength {
		return false
	}
	at := uint64(1) // Bit n of at is set if the characters that were read can spell the first n letters of the word.
	for _, r := range typed {
		next := uint64(0)
		if !unicode.IsLetter(r) {
			next = at
		}
		if at>>len(word)&1 != 0 {
			at |= 1 // When all letters of the word have been read, the word can begin again.
		}
		for i := range len(word) {
			if letter := word[i]; at>>i&1 != 0 && (r == rune(letter) || strings.ContainsRune(lookalikes[letter], r)) {
				next |= 1 << (i + 1)
			}
		}
		if at = next; at == 0 {
			return false
		}
	}
	return at>>len(word)&1 != 0
}
