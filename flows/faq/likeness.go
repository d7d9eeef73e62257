package faq

import (
	"slices"
	"strings"

	"github.com/lithammer/fuzzysearch/fuzzy"
)

// How much what is typed is a word, from 0 to 1.
const (
	whole     = 1.0
	beginning = 0.8
	slipped   = 0.6 // with errors
	part      = 0.5
	slipping  = 0.4 // with errors, and still being typed
	compound  = 0.2 // with something that is no word here
)

// The least letters that tell something. The word that is still being typed, the
// last one, may be shorter.
const (
	leastBeginning = 3
	leastPart      = 4
	leastSlipping  = 5
	leastCompound  = 5
)

// likeness is how much what is typed is a word: all of it, how it begins, a part of
// it, the same with errors, or a compound that has it first or last. A number is
// like no other one.
func likeness(typed, word string, last bool) float64 {
	switch {
	case typed == word:
		return whole
	case strings.ContainsAny(typed, "0123456789"):
		return 0
	case strings.HasPrefix(word, typed) && (last || len(typed) >= leastBeginning):
		return beginning
	case slips(typed, word):
		return slipped
	case len(typed) >= leastPart && strings.Contains(word, typed):
		return part
	case last && len(typed) >= leastSlipping && slipsInto(typed, word):
		return slipping
	case len(word) >= leastCompound && (strings.HasPrefix(typed, word) || strings.HasSuffix(typed, word)):
		return compound
	}
	return 0
}

// slipsInto tells whether what is typed is how a word begins, with errors.
func slipsInto(typed, word string) bool {
	for n := len(typed) - 1; n <= len(typed)+1 && n < len(word); n++ {
		if slips(typed, word[:n]) {
			return true
		}
	}
	return false
}

// slips tells whether one word is another with so few errors that it was meant:
// one in five letters or more, two from eight on; in four only two letters that
// changed places. In short words the first letter is seldom wrong.
func slips(typed, word string) bool {
	const least, short, long = 4, 5, 8
	shortest, longest, allowed := min(len(typed), len(word)), max(len(typed), len(word)), 1
	if longest >= long {
		allowed = 2
	}
	switch {
	case shortest < least, longest-shortest > allowed:
		return false
	case longest < long && typed[0] != word[0]:
		return false
	case longest == shortest && sameLetters(typed, word):
		return fuzzy.LevenshteinDistance(typed, word) <= allowed+1 // changing places is two edits, and one error
	}
	return shortest >= short && fuzzy.LevenshteinDistance(typed, word) <= allowed
}

func sameLetters(a, b string) bool {
	return slices.Equal(slices.Sorted(strings.SplitSeq(a, "")), slices.Sorted(strings.SplitSeq(b, "")))
}
