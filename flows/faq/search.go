package faq

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/lithammer/fuzzysearch/fuzzy"
	"golang.org/x/text/unicode/norm"

	"loket/flows/desk"
	"loket/flows/text"
)

// Index finds questions by what a customer types, also while they are still typing:
// whatever the case, the accents and the order of the words, with small errors in
// them, and in words of the customer's own (synonyms.go).
type Index struct {
	questions []Question
	words     map[text.Language]map[string][]float64 // how much each question is about a word
}

// How much a word tells of what a question is about, by where it stands.
const (
	inTitle   = 3.0
	inAnswer  = 1.0
	asSynonym = 0.9 // of that, for another word for it
)

// NewIndex makes an index of all Sections.
func NewIndex(d *desk.Desk) *Index {
	x := &Index{words: map[text.Language]map[string][]float64{text.Dutch: {}, text.English: {}}}
	for _, section := range Sections(d) {
		x.questions = append(x.questions, section.Questions...)
	}
	for language := range x.words {
		for i, q := range x.questions {
			for _, word := range wordsOf(q.finds.In(language)) {
				x.note(language, word, i, inTitle)
			}
			for _, word := range joined(wordsOf(q.Asks.In(language)), language) {
				x.noteAll(language, word, i, inTitle)
			}
			for _, word := range joined(wordsOf(q.Answer.In(language)), language) {
				if !fillers[language][word] {
					x.noteAll(language, word, i, inAnswer)
				}
			}
		}
	}
	return x
}

// noteAll notes that a question is about a word, and about other words for it.
func (x *Index) noteAll(in text.Language, word string, question int, weight float64) {
	x.note(in, word, question, weight)
	for _, other := range synonyms[in][word] {
		x.note(in, other, question, weight*asSynonym)
	}
}

func (x *Index) note(in text.Language, word string, question int, weight float64) {
	if x.words[in][word] == nil {
		x.words[in][word] = make([]float64, len(x.questions))
	}
	x.words[in][word][question] = max(x.words[in][word][question], weight)
}

// wordsOf returns the words of a text without case and accents. A hyphen joins:
// e-mail is email.
func wordsOf(text string) []string {
	folded := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '-' || r == '\'' || r == '’' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// Of the questions found, only those stay that fit at least this much as well as
// the best one.
const fitsToo = 0.4

// Find returns the questions that what is typed is about, the best first. A word that
// tells much is one that few questions are about.
func (x *Index) Find(typed string, in text.Language) []Question {
	scores := make([]float64, len(x.questions))
	telling, anyTelling := make([]bool, len(x.questions)), false // found by a word that is no filler
	for _, word := range joined(wordsOf(typed), in) {
		fits, many := x.fits(word, in)
		weight, filler := math.Log(1+float64(len(fits))/float64(max(many, 1))), fillers[in][word]
		if filler {
			weight *= fillerCounts
		}
		anyTelling = anyTelling || !filler
		for q, fit := range fits {
			scores[q] += fit * weight
			telling[q] = telling[q] || fit > 0 && !filler
		}
	}
	return x.best(scores, func(q int) bool { return telling[q] || !anyTelling })
}

// best returns the questions that are about what is typed, by their scores.
func (x *Index) best(scores []float64, about func(q int) bool) (found []Question) {
	var order []int
	for q, score := range scores {
		if score > 0 && about(q) {
			order = append(order, q)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	for _, q := range order {
		if scores[q] >= fitsToo*scores[order[0]] {
			found = append(found, x.questions[q])
		}
	}
	return found
}

// fits is how much each question is about a word that is typed, and how many are at all.
func (x *Index) fits(typed string, in text.Language) (fits []float64, many int) {
	fits = make([]float64, len(x.questions))
	if strangers[typed] {
		return fits, 0
	}
	_, known := x.words[in][typed]
	for word, weights := range x.words[in] {
		like := likeness(typed, word, known)
		if like == 0 {
			continue
		}
		for q, weight := range weights {
			fits[q] = max(fits[q], like*weight)
		}
	}
	for _, fit := range fits {
		if fit > 0 {
			many++
		}
	}
	return fits, many
}

// likeness is how much what is typed is a word, from 0 to 1: all of it, how it begins,
// the same with slips, a part of it, or a compound that has it first or last. What is
// typed and known is meant as it stands, and a number is like no other one.
func likeness(typed, word string, known bool) float64 {
	switch {
	case typed == word:
		return 1
	case len(typed) < 3 || strings.ContainsAny(typed, "0123456789"):
		return 0
	case strings.HasPrefix(word, typed):
		return 0.8
	case !known && len(typed) >= 4 && typed[0] == word[0] && slips(typed, word):
		return 0.6
	case len(typed) >= 4 && strings.Contains(word, typed):
		return 0.5
	case !known && len(word) >= 5 && (strings.HasPrefix(typed, word) || strings.HasSuffix(typed, word)):
		return 0.2
	}
	return 0
}

// slips reports whether one word is another with a slip: a letter too many, too few
// or wrong, or two that changed places; from eight letters on, two of these.
func slips(typed, word string) bool {
	allowed := 1
	if len(typed) >= 8 {
		allowed = 2
	}
	if len(typed) == len(word) && sameLetters(typed, word) {
		allowed = 2
	}
	return fuzzy.LevenshteinDistance(typed, word) <= allowed
}

func sameLetters(a, b string) bool {
	return slices.Equal(slices.Sorted(strings.SplitSeq(a, "")), slices.Sorted(strings.SplitSeq(b, "")))
}
