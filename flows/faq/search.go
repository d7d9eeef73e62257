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

// QuestionIndex finds questions by the words that a customer types, in Dutch or English, even while the customer is still typing.
// Case, accents and word order do not matter. The index also finds synonyms, and words with small typing errors.
type QuestionIndex struct {
	questions    []Question
	scoresByWord map[string][]float64 // scoresByWord maps each word to the score of each question.
}

// Weights of the words in a question's score.
const (
	titleWeight   = 3.0 // titleWeight is for a word in the question or among its search words.
	answerWeight  = 1.0
	synonymFactor = 0.9  // synonymFactor is multiplied with the weight of a synonym.
	fillerFactor  = 0.15 // fillerFactor is multiplied with the weight of a word that occurs in many questions.
	minScoreRatio = 0.4  // minScoreRatio is the smallest score of a result, as a part of the best score.
)

// NewQuestionIndex returns an index of the questions in all Sections.
func NewQuestionIndex(d *desk.Desk) *QuestionIndex {
	x := &QuestionIndex{scoresByWord: map[string][]float64{}}
	for _, section := range Sections(d) {
		x.questions = append(x.questions, section.Questions...)
	}
	for i, q := range x.questions {
		x.addWords(i, q.searchWords, titleWeight)
		x.addWords(i, q.Text, titleWeight)
		x.addWords(i, q.Answer, answerWeight)
	}
	return x
}

// addWords adds the words of a text, and their synonyms, to the scores of a question.
func (x *QuestionIndex) addWords(question int, all text.Text, worth float64) {
	for _, word := range append(wordsOf(all.NL), wordsOf(all.EN)...) {
		if worth == answerWeight && slices.Contains(fillerWords, word) {
			continue
		}
		x.raiseScore(word, question, worth)
		for _, other := range synonyms[word] {
			x.raiseScore(other, question, worth*synonymFactor)
		}
	}
}

func (x *QuestionIndex) raiseScore(word string, question int, worth float64) {
	if x.scoresByWord[word] == nil {
		x.scoresByWord[word] = make([]float64, len(x.questions))
	}
	x.scoresByWord[word][question] = max(x.scoresByWord[word][question], worth)
}

// wordsOf returns the words of a text in lower case without accents. It removes hyphens, so that "e-mail" becomes "email".
func wordsOf(text string) []string {
	folded := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || strings.ContainsRune("-'’", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// splitTypedText splits the typed text into words. It joins two words that the index knows as one: "log in" becomes "login".
func (x *QuestionIndex) splitTypedText(typed string) (words []string) {
	for _, word := range wordsOf(typed) {
		if last := len(words) - 1; last >= 0 && x.scoresByWord[words[last]+word] != nil {
			words[last] += word
			continue
		}
		words = append(words, word)
	}
	return words
}

// Find returns the questions that match the typed text, best first. A word that occurs in few questions counts more than a
// word that occurs in many.
func (x *QuestionIndex) Find(typed string) (found []Question) {
	worth, matched := make([]float64, len(x.questions)), make([]bool, len(x.questions))
	words := x.splitTypedText(typed)
	onlyFillers := !slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(fillerWords, word) })
	for _, word := range words {
		filler := slices.Contains(fillerWords, word)
		wordScores := x.scoreWord(word)
		matchCount := len(slices.DeleteFunc(slices.Clone(wordScores), func(score float64) bool { return score == 0 }))
		weight := math.Log(1 + float64(len(wordScores))/float64(max(matchCount, 1)))
		if filler {
			weight *= fillerFactor
		}
		for q, score := range wordScores {
			worth[q] += score * weight
			matched[q] = matched[q] || score > 0 && (onlyFillers || !filler)
		}
	}
	var order []int
	for q := range worth {
		if matched[q] {
			order = append(order, q)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(worth[b], worth[a]) })
	for _, q := range order {
		if worth[q] >= minScoreRatio*worth[order[0]] {
			found = append(found, x.questions[q])
		}
	}
	return found
}

// scoreWord returns the score of each question for one typed word.
func (x *QuestionIndex) scoreWord(typed string) []float64 {
	wordScores, known := make([]float64, len(x.questions)), x.scoresByWord[typed] != nil
	for word, worth := range x.scoresByWord {
		if factor := similarity(typed, word, known); factor > 0 {
			for q := range worth {
				wordScores[q] = max(wordScores[q], factor*worth[q])
			}
		}
	}
	return wordScores
}

// similarity rates from 0 to 1 how well a typed word matches a word of the index: as a whole, as its beginning, with typing
// errors, as a part of it, or as a compound that begins or ends with it. If known is true, the typed word itself is in the
// index; then typing errors and compounds do not match. Digits match only as a whole.
func similarity(typed, word string, known bool) float64 {
	switch {
	case typed == word:
		return 1
	case len(typed) < 3 || strings.ContainsAny(typed, "0123456789"):
		return 0
	case strings.HasPrefix(word, typed):
		return 0.8
	case !known && len(typed) >= 4 && typed[0] == word[0] && isOneTypoApart(typed, word):
		return 0.6
	case len(typed) >= 4 && strings.Contains(word, typed):
		return 0.5
	case !known && len(word) >= 5 && (strings.HasPrefix(typed, word) || strings.HasSuffix(typed, word)):
		return 0.2
	}
	return 0
}

// isOneTypoApart reports whether two words differ by two swapped letters or, in words of at least six letters, by one letter
// that is extra, missing or wrong. Words of at least eight letters may have two such errors.
func isOneTypoApart(typed, word string) bool {
	distance := fuzzy.LevenshteinDistance(typed, word)
	return distance <= len(typed)/2-2 && distance <= 2 || distance == 2 && slices.Equal(sortedLetters(typed), sortedLetters(word))
}

func sortedLetters(word string) []string { return slices.Sorted(strings.SplitSeq(word, "")) }
