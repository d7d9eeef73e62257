package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/text"
)

// Fields reads the fields of a line and gathers what is wrong with them. Each
// method returns a field in its canonical form, or empty if that is wrong.
type Fields struct {
	Today      dutch.Date
	LineHash   uint64 // of the whole line
	PathPrefix string // the path of the object that is being read: "details."
	list       string // the list in it that is being read, if any
	itemNumber int    // which of the list; the first is 1
	Problems   []Problem
}

// Bounds in characters that no true record comes near.
const (
	LongestID   = 40
	LongestName = 100
	LongestText = 200
	LongestMail = desk.LongestEmail
	LongestHash = 300
)

// AddProblem notes that a field breaks a rule.
func (c *Fields) AddProblem(field, rule string, args ...any) {
	if c.list != "" {
		field = fmt.Sprintf("%s[%d].%s", c.list, c.itemNumber, field)
	}
	field = c.PathPrefix + field
	c.Problems = append(c.Problems, Problem{field, field + " " + fmt.Sprintf(rule, args...)})
}

// EachObject reads the objects of a list.
func EachObject[L any](c *Fields, field string, all []L, most int, read func(L)) {
	if len(all) > most {
		c.AddProblem(field, "has more than %d of them", most)
		return
	}
	for i, l := range all {
		c.list, c.itemNumber = field, i+1
		read(l)
	}
	c.list = ""
}

// OptionalText reads a line of text that may be empty.
func (c *Fields) OptionalText(field, value string, longest int) string {
	switch {
	case len(value) <= longest && text.IsPlainLine(value):
		return value // as most of what a feed brings is
	case len(value) > longest && utf8.RuneCountInString(value) > longest:
		c.AddProblem(field, "is longer than %d characters", longest)
	case strings.ContainsFunc(value, isUnprintable):
		c.AddProblem(field, "has a character that cannot be printed")
	default:
		return text.SingleLine(value)
	}
	return ""
}

// isUnprintable reports whether the desk would drop a character that is typed (R20), or the
// character stands for bytes that are not UTF-8.
func isUnprintable(r rune) bool {
	return r == utf8.RuneError || !unicode.IsGraphic(r) || text.IsInvisible(r)
}

// RequiredText reads a line of text that must be there.
func (c *Fields) RequiredText(field, value string, longest int) string {
	before := len(c.Problems)
	value = c.OptionalText(field, value, longest)
	if value == "" && len(c.Problems) == before {
		c.AddProblem(field, "is missing")
	}
	return value
}

// OptionalParsed reads a text through a parser that must take it. Nothing stays nothing.
func OptionalParsed[T ~string](c *Fields, field, value string, parse func(string) (T, bool), rule string) string {
	value = c.OptionalText(field, value, LongestText)
	if value == "" {
		return ""
	}
	parsed, ok := parse(value)
	if !ok {
		c.AddProblem(field, "must be %s", rule)
	}
	return string(parsed)
}

// RequiredParsed is Form for a field that must be there.
func RequiredParsed[T ~string](c *Fields, field, value string, parse func(string) (T, bool), rule string) string {
	if c.RequiredText(field, value, LongestText) == "" {
		return ""
	}
	return OptionalParsed(c, field, value, parse, rule)
}

// OneOf reads a word from a list.
func OneOf[T ~string](c *Fields, field, value string, words ...T) T {
	word := T(c.RequiredText(field, value, LongestText))
	if word != "" && !slices.Contains(words, word) {
		c.AddProblem(field, "must be one of %s", WordList(words))
	}
	return word
}

var joinWords = strings.NewReplacer(" ", "_", "-", "_")

// KnownTerm reads a word that customers see: one of known however it is spelled
// ("Interest-only"), and any other as it is written.
func (c *Fields) KnownTerm(field, value string, known []string) string {
	value = c.RequiredText(field, value, LongestName)
	if word := joinWords.Replace(strings.ToLower(value)); slices.Contains(known, word) {
		return word
	}
	return value
}

func WordList[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = string(word)
	}
	return strings.Join(all, ", ")
}

// ID reads the number that the bank keeps something under.
func (c *Fields) ID(field, value string) string {
	value = c.RequiredText(field, value, LongestID)
	if strings.ContainsFunc(value, isNotIDRune) {
		c.AddProblem(field, "must be letters, digits and . - _")
		return ""
	}
	return value
}

func isNotIDRune(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	return !letter && (r < '0' || r > '9') && r != '.' && r != '-' && r != '_'
}

// IDs reads a list of them.
func IDs[ID ~string](c *Fields, field string, values []string, most int) []ID {
	if len(values) == 0 {
		c.AddProblem(field, "is missing")
	}
	if len(values) > most {
		c.AddProblem(field, "has more than %d of them", most)
		return nil
	}
	all := make([]ID, 0, len(values))
	for _, value := range values {
		id := ID(c.ID(field, value))
		if id != "" && slices.Contains(all, id) {
			c.AddProblem(field, "names %s twice", id)
		}
		all = append(all, id)
	}
	return all
}
