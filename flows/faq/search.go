package faq

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"loket/flows/desk"
	"loket/flows/text"
)

// Index finds questions by what a customer types, also while they are
// still typing: whatever the case, the accents and the order of the words, with
// small errors in them, and in words of the customer's own (synonyms.go).
type Index struct {
	questions []Question
	terms     map[text.Language][]term
}

// term is a word by which questions are found.
type term struct {
	word   string          // folded
	weight map[int]float64 // by the index of the question: how much it is about the word
	stands bool            // in a text; else it is only another word for what does
}

// How much a word tells of what a question is about, by where it stands. Other
// words for it tell a little less.
const (
	inTitle   = 3.0
	inAnswer  = 1.0
	asSynonym = 0.9
)

// NewIndex makes an index of all QuestionSections.
func NewIndex(d *desk.Desk) *Index {
	x := &Index{terms: map[text.Language][]term{}}
	for _, section := range Sections(d) {
		x.questions = append(x.questions, section.Questions...)
	}
	for _, language := range []text.Language{text.Dutch, text.English} {
		x.terms[language] = termsOf(x.questions, language)
	}
	return x
}

func termsOf(questions []Question, in text.Language) (terms []term) {
	weights, stand := map[string]map[int]float64{}, map[string]bool{}
	for i, q := range questions {
		note := func(word string, weight float64) {
			if weights[word] == nil {
				weights[word] = map[int]float64{}
			}
			weights[word][i] = max(weights[word][i], weight)
		}
		for _, word := range wordsOf(q.finds.In(in)) {
			note(word, inTitle)
		}
		for text, weight := range map[string]float64{q.Asks.In(in): inTitle, q.Answer.In(in): inAnswer} {
			for _, word := range joined(wordsOf(text), in) {
				stand[word] = true
				if weight < inTitle && fillers[in][word] {
					continue
				}
				note(word, weight)
				for _, other := range synonyms[in][word] {
					note(other, weight*asSynonym)
				}
			}
		}
	}
	for word, weight := range weights {
		terms = append(terms, term{word, weight, stand[word]})
	}
	slices.SortFunc(terms, func(a, b term) int { return cmp.Compare(a.word, b.word) })
	return terms
}

// wordsOf gives the words of a text without case and accents. A hyphen joins:
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

// Find gives the questions that what is typed is about, the best first. Words
// that stand nowhere are passed over, as long as there are others.
func (x *Index) Find(typed string, in text.Language) []Question {
	words := joined(wordsOf(typed), in)
	scores := make([]float64, len(x.questions))
	telling, anyTelling := make([]bool, len(x.questions)), false // found by a word that is no filler
	for i, word := range words {
		fits := x.fits(word, in, i == len(words)-1)
		weight := rarity(fits)
		filler := fillers[in][word]
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

// fits is how much each question is about a word that is typed.
func (x *Index) fits(word string, in text.Language, last bool) []float64 {
	fits := make([]float64, len(x.questions))
	if strangers[word] {
		return fits
	}
	known := slices.ContainsFunc(x.terms[in], func(t term) bool { return t.word == word })
	for _, t := range x.terms[in] {
		if a := t.likeness(word, last, known); a > 0 {
			for q, weight := range t.weight {
				fits[q] = max(fits[q], a*weight)
			}
		}
	}
	return fits
}

// likeness is how much the term is what is typed. Who typed a known word meant no
// other one that looks like it. Words that stand in no text are not what a longer
// or shorter one is about: klant is no klantenservice.
func (t term) likeness(typed string, last, known bool) float64 {
	a := likeness(typed, t.word, last)
	switch {
	case known && (a == slipped || a == slipping):
		return 0
	case !t.stands && (a == part || a == compound || a == beginning && !last):
		return 0
	}
	return a
}

// rarity is how much is told by a word that fits these questions: the more the
// fewer they are.
func rarity(fits []float64) float64 {
	n := 0
	for _, fit := range fits {
		if fit > 0 {
			n++
		}
	}
	return math.Log(1 + float64(len(fits))/float64(max(n, 1)))
}

// best gives the questions that are about what is typed, by their scores.
func (x *Index) best(scores []float64, about func(q int) bool) (found []Question) {
	var order []int
	top := 0.0
	for q, score := range scores {
		if score > 0 && about(q) {
			order, top = append(order, q), max(top, score)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	for _, q := range order {
		if scores[q] >= fitsToo*top {
			found = append(found, x.questions[q])
		}
	}
	return found
}
