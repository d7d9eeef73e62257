package transfer

import (
	"fmt"
	"net/mail"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loket/flows/dutch"
)

// checks reads the fields of a line and gathers what is wrong with them. Each
// method gives the field in its canonical form, or nothing.
type checks struct {
	today    dutch.Date
	within   string // the path of the object that is being read: "details."
	list     string // the list in it that is being read, if any
	item     int    // which of the list; the first is 1
	problems []string
}

// Bounds in characters that no true record comes near.
const (
	longestID   = 40
	longestName = 100
	longestText = 200
	longestMail = 254 // RFC 5321 §4.5.3.1.3, less the angle brackets
	longestHash = 300
)

// mostCents is a hundred billion euros, and mostRate a hundred percent.
const (
	mostCents = 100_000_000_000_00
	mostRate  = 100_000
)

// wrong notes that a field breaks a rule.
func (c *checks) wrong(field, rule string, args ...any) {
	if c.list != "" {
		field = fmt.Sprintf("%s[%d].%s", c.list, c.item, field)
	}
	c.problems = append(c.problems, c.within+field+" "+fmt.Sprintf(rule, args...))
}

// each reads the objects of a list.
func each[L any](c *checks, field string, all []L, most int, read func(L)) {
	if len(all) > most {
		c.wrong(field, "has more than %d of them", most)
		return
	}
	for i, l := range all {
		c.list, c.item = field, i+1
		read(l)
	}
	c.list = ""
}

// text reads a line of text that may be empty.
func (c *checks) text(field, value string, longest int) string {
	switch {
	case len(value) > longest && utf8.RuneCountInString(value) > longest:
		c.wrong(field, "is longer than %d characters", longest)
	case strings.ContainsFunc(value, unprintable):
		c.wrong(field, "has a character that cannot be printed")
	default:
		return strings.TrimSpace(value)
	}
	return ""
}

// unprintable holds for control and formatting characters (R20), and for what
// stands for bytes that could not be read.
func unprintable(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	return r == utf8.RuneError || !unicode.IsGraphic(r)
}

// needed reads a line of text that must be there.
func (c *checks) needed(field, value string, longest int) string {
	before := len(c.problems)
	value = c.text(field, value, longest)
	if value == "" && len(c.problems) == before {
		c.wrong(field, "is missing")
	}
	return value
}

// form reads a text through a parser that must take it. Nothing stays nothing.
func form[T ~string](c *checks, field, value string, parse func(string) (T, bool), rule string) string {
	value = c.text(field, value, longestText)
	if value == "" {
		return ""
	}
	parsed, ok := parse(value)
	if !ok {
		c.wrong(field, "must be %s", rule)
	}
	return string(parsed)
}

// neededForm is form for a field that must be there.
func neededForm[T ~string](c *checks, field, value string, parse func(string) (T, bool), rule string) string {
	if c.needed(field, value, longestText) == "" {
		return ""
	}
	return form(c, field, value, parse, rule)
}

// oneOf reads a word from a list.
func oneOf[T ~string](c *checks, field, value string, words ...T) T {
	word := T(c.needed(field, value, longestText))
	if word != "" && !slices.Contains(words, word) {
		c.wrong(field, "must be one of %s", list(words))
	}
	return word
}

// term reads a word that customers see: one of known however it is spelled
// ("Interest-only"), and any other as it is written.
func (c *checks) term(field, value string, known []string) string {
	value = c.needed(field, value, longestName)
	if word := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(value)); slices.Contains(known, word) {
		return word
	}
	return value
}

func list[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = string(word)
	}
	return strings.Join(all, ", ")
}

// id reads the number that the bank keeps something under.
func (c *checks) id(field, value string) string {
	value = c.needed(field, value, longestID)
	if strings.ContainsFunc(value, notInIDs) {
		c.wrong(field, "must be letters, digits and . - _")
		return ""
	}
	return value
}

func notInIDs(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	return !letter && (r < '0' || r > '9') && r != '.' && r != '-' && r != '_'
}

// ids reads a list of them.
func ids[ID ~string](c *checks, field string, values []string, most int) []ID {
	if len(values) == 0 {
		c.wrong(field, "is missing")
	}
	if len(values) > most {
		c.wrong(field, "has more than %d of them", most)
		return nil
	}
	all := make([]ID, 0, len(values))
	for _, value := range values {
		id := ID(c.id(field, value))
		if id != "" && slices.Contains(all, id) {
			c.wrong(field, "names %s twice", id)
		}
		all = append(all, id)
	}
	return all
}

// date reads a date that must be there.
func (c *checks) date(field, value string) (d dutch.Date) {
	value = c.needed(field, value, longestText)
	if value == "" {
		return d
	}
	d, err := dutch.ParseDate(value)
	if err != nil {
		c.wrong(field, "must be a day of the calendar, such as 2026-11-22")
	}
	return d
}

// day reads a date that must be there, for which its text will do.
func (c *checks) day(field, value string) string {
	c.date(field, value)
	return strings.TrimSpace(value)
}

// dayIfAny reads a date that may be left out.
func (c *checks) dayIfAny(field, value string) string {
	if value == "" {
		return ""
	}
	return c.day(field, value)
}

// birthDate reads a date that the desk takes for one.
func (c *checks) birthDate(field, value string) string {
	d := c.date(field, value)
	switch {
	case d.IsZero():
	case c.today.Before(d):
		c.wrong(field, "is in the future")
	case d.Before(c.today.AddMonths(-120 * 12)):
		c.wrong(field, "is over 120 years ago")
	}
	return strings.TrimSpace(value)
}

// signed reads an amount that may be below zero, in cents.
func (c *checks) signed(field, value string) int64 {
	if value = c.needed(field, value, longestText); value == "" {
		return 0
	}
	cents, ok := dutch.ParseCents(value)
	switch {
	case !ok:
		c.wrong(field, "must be an amount, such as 1234.56")
	case cents > mostCents || cents < -mostCents:
		c.wrong(field, "is more than anybody has")
	}
	return int64(cents)
}

// amount reads an amount that is not below zero, in cents.
func (c *checks) amount(field, value string) int64 {
	cents := c.signed(field, value)
	if cents < 0 {
		c.wrong(field, "must not be below zero")
	}
	return cents
}

// amountIfAny reads an amount that may be left out, which is zero then.
func (c *checks) amountIfAny(field, value string) int64 {
	if value == "" {
		return 0
	}
	return c.amount(field, value)
}

// rate reads a percentage, in thousandths of a percent.
func (c *checks) rate(field, value string) int64 {
	if value = c.needed(field, value, longestText); value == "" {
		return 0
	}
	rate, ok := dutch.ParseRate(value)
	if !ok || rate > mostRate || rate < -mostRate {
		c.wrong(field, "must be a percentage, such as 3.45")
	}
	return int64(rate)
}

// email reads one e-mail address, if any.
func (c *checks) email(field, value string) string {
	value = c.text(field, value, longestMail)
	if value == "" {
		return ""
	}
	address, err := mail.ParseAddress(value)
	switch {
	case err != nil || address.Address != value || strings.Contains(value, " "):
		c.wrong(field, "must be one e-mail address, such as name@example.org")
	case strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII }):
		c.wrong(field, "must have no letters other than a to z: not every mail server can deliver to those")
	}
	return value
}

// wanted says what a field of a Go type is in JSON.
func wanted(kind reflect.Kind) string {
	switch kind {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Struct:
		return "an object"
	}
	return "a whole number"
}

// article puts one before what package json calls a kind of value.
func article(kind string) string {
	switch kind {
	case "array", "object":
		return "an " + kind
	case "bool":
		return "true or false"
	case "number":
		return "such a number"
	}
	return "a " + kind
}
