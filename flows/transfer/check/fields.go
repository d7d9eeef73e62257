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

// FieldReader reads the fields of a line and collects their problems. Each method returns the value of a field in its canonical
// form, and adds a problem if the field is wrong.
type FieldReader struct {
	Today      dutch.Date
	LineHash   uint64 // LineHash is the hash of the whole line.
	PathPrefix string // PathPrefix is the path of the object that is being read, such as "details."
	list       string // list is the name of the list that is being read, if any.
	itemNumber int    // itemNumber is the number of the list item, starting at 1.
	Problems   []Problem
}

// Maximum lengths in characters, which no real record comes near.
const (
	LongestID   = 40
	LongestName = 100
	LongestText = 200
	LongestMail = desk.LongestEmail
	LongestHash = 300
)

// AddProblem records that a field breaks a rule. In a list of texts, an empty field is the item itself.
func (c *FieldReader) AddProblem(field, rule string, args ...any) {
	if c.list != "" {
		field = strings.TrimSuffix(fmt.Sprintf("%s[%d].%s", c.list, c.itemNumber, field), ".")
	}
	field = c.PathPrefix + field
	c.Problems = append(c.Problems, Problem{field, field + " " + fmt.Sprintf(rule, args...)})
}

// HasProblem reports whether a field, or an item of the list in that field, has a problem so far. The field is a path from the
// beginning of the line.
func (c *FieldReader) HasProblem(field string) bool {
	return slices.ContainsFunc(c.Problems, func(p Problem) bool { return p.Field == field || strings.HasPrefix(p.Field, field+"[") })
}

// ReadItems calls read for each item of a list. A list with more than most items is a problem.
func ReadItems[L any](c *FieldReader, field string, all []L, most int, read func(L)) {
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

// ReadOptionalText reads a line of text that may be empty.
func (c *FieldReader) ReadOptionalText(field, value string, longest int) string {
	switch {
	case len(value) <= longest && text.IsPlainLine(value):
		return value // Most texts in a feed are plain lines.
	case len(value) > longest && utf8.RuneCountInString(value) > longest:
		c.AddProblem(field, "is longer than %d characters", longest)
	case strings.ContainsFunc(value, isUnprintable):
		c.AddProblem(field, "has a character that cannot be printed")
	default:
		return text.SingleLine(value)
	}
	return ""
}

// isUnprintable reports whether the desk would drop a character when somebody types it, or the character stands for invalid
// UTF-8 (R20).
func isUnprintable(r rune) bool {
	return r == utf8.RuneError || !unicode.IsGraphic(r) || text.IsInvisible(r)
}

// ReadRequiredText reads a line of text that must not be empty.
func (c *FieldReader) ReadRequiredText(field, value string, longest int) string {
	before := len(c.Problems)
	value = c.ReadOptionalText(field, value, longest)
	if value == "" && len(c.Problems) == before {
		c.AddProblem(field, "is missing")
	}
	return value
}

// ReadOptionalParsed reads a text with a parser, which must accept it. An empty text stays empty and is not parsed.
func ReadOptionalParsed[T ~string](c *FieldReader, field, value string, parse func(string) (T, bool), rule string) string {
	value = c.ReadOptionalText(field, value, LongestText)
	if value == "" {
		return ""
	}
	parsed, ok := parse(value)
	if !ok {
		c.AddProblem(field, "must be %s", rule)
	}
	return string(parsed)
}

// ReadRequiredParsed is like ReadOptionalParsed, but the text must not be empty.
func ReadRequiredParsed[T ~string](c *FieldReader, field, value string, parse func(string) (T, bool), rule string) string {
	if c.ReadRequiredText(field, value, LongestText) == "" {
		return ""
	}
	return ReadOptionalParsed(c, field, value, parse, rule)
}

// ReadListedWord reads a word that must be in the list words.
func ReadListedWord[T ~string](c *FieldReader, field, value string, words ...T) T {
	word := T(c.ReadRequiredText(field, value, LongestText))
	if word != "" && !slices.Contains(words, word) {
		c.AddProblem(field, "must be one of %s", JoinWordList(words))
	}
	return word
}

var underscoreReplacer = strings.NewReplacer(" ", "_", "-", "_")

// ReadKnownTerm reads a term that customers see. If it is one of known, in any spelling ("Interest-only"), the known spelling is
// returned. Any other term is returned as written.
func (c *FieldReader) ReadKnownTerm(field, value string, known []string) string {
	value = c.ReadRequiredText(field, value, LongestName)
	if word := underscoreReplacer.Replace(strings.ToLower(value)); slices.Contains(known, word) {
		return word
	}
	return value
}

func JoinWordList[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = string(word)
	}
	return strings.Join(all, ", ")
}

// ReadID reads the identifier of a record at the bank.
func (c *FieldReader) ReadID(field, value string) string {
	value = c.ReadRequiredText(field, value, LongestID)
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

// ReadIDs reads a list of identifiers. The list must have at least one and at most most of them.
func ReadIDs[ID ~string](c *FieldReader, field string, values []string, most int) []ID {
	if len(values) == 0 {
		c.AddProblem(field, "is missing")
	}
	all := make([]ID, 0, len(values))
	ReadItems(c, field, values, most, func(value string) {
		id := ID(c.ReadID("", value))
		if id != "" && slices.Contains(all, id) {
			c.AddProblem("", "is %s, which stands there already", id)
		}
		all = append(all, id)
	})
	return all
}
