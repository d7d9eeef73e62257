package spoken

import (
	"regexp"
	"strings"
	"unicode"

	"loket/flows/text"
)

// Form rewrites a text so that a speech synthesizer of the given language reads it correctly.
func Form(written string, l text.Language) string {
	for _, r := range rules {
		if r.in == "" || r.in == l {
			written = r.form.ReplaceAllStringFunc(written, func(found string) string {
				return r.says(r.form.FindStringSubmatch(found), l)
			})
		}
	}
	return written
}

// A rule rewrites the parts of a text that match a pattern.
type rule struct {
	in   text.Language // in is the language for which the rule is. "" means any language.
	form *regexp.Regexp
	says func(parts []string, l text.Language) string
}

// rules has all rules in the order in which they are applied. Text that matches two patterns is rewritten by the first rule.
var rules = []rule{
	{text.Dutch, regexp.MustCompile(`\bt/m\b`), fixed("tot en met")},
	{"", regexp.MustCompile(`\. - _ @`), signs},

	{text.Dutch, regexp.MustCompile(`€ ?(\d[\d.]*)(?:,(\d\d))?`), amount},
	{text.English, regexp.MustCompile(`€ ?(\d[\d,]*)(?:\.(\d\d))?`), amount},

	{"", regexp.MustCompile(`\b(\d\d?)-(\d\d?)-((?:19|20)\d\d)\b`), date},
	{text.Dutch, regexp.MustCompile(`\b(\d\d?)\.(\d\d) (tot|en) (\d\d?)\.(\d\d) uur\b`), hours},
	{text.Dutch, regexp.MustCompile(`\b(\d\d?)[.](\d\d) uur\b`), timeOfDay},
	{text.Dutch, regexp.MustCompile(`(20\d\d, )(\d\d?):(\d\d)\b`), func(p []string, _ text.Language) string { return p[1] + clockTime(p[2], p[3], true) }},
	{text.English, regexp.MustCompile(`\b(\d\d?):00\b`), func(p []string, _ text.Language) string { return p[1] + " o'clock" }},

	{"", regexp.MustCompile(`\b[A-Z]{2}\d\d ?[A-Z]{4}(?: ?\d{2,4})+\b`), inFours}, // An IBAN.

	{"", regexp.MustCompile(`\+\d{1,3}(?:[ -]?\d){6,12}\b`), number}, // A telephone number with a country code.
	{"", regexp.MustCompile(`\b0\d{1,3}(?:[ -]\d{2,4}){2,4}\b`), number},
	{"", regexp.MustCompile(`\b\d{4}(?: \d{4})+\b`), number}, // An activation number or another code of digits.
	{"", regexp.MustCompile(`\b[1-9]\d{3} ?[A-Z]{2}\b`), postcode},

	{"", regexp.MustCompile(`\b[A-Z]{4}(?:-[A-Z]{4})+\b`), number},     // A code of letters.
	{"", regexp.MustCompile(`\b\d{1,3}-[A-Z]{2,3}-\d{1,2}\b`), number}, // A licence plate that begins with a digit.
	// A licence plate that begins with a letter, or a policy number.
	{"", regexp.MustCompile(`\b[A-Z]{1,3}[-.]?\d[\d.-]*\d(?:-[A-Z]{1,3})?\b`), number},
	{"", regexp.MustCompile(`\b\d{1,3}-\d{4,}\b`), number}, // A policy number.
	{"", regexp.MustCompile(`\b\d{6,}\b`), number},         // A loan number, or an activation number that was typed without spaces.
}

// fixed returns a function that always returns the same words.
func fixed(says string) func([]string, text.Language) string {
	return func([]string, text.Language) string { return says }
}

// signs returns the names of the punctuation signs that a username may contain.
func signs(_ []string, l text.Language) string {
	return text.New("punt, streepje, laag streepje en apenstaartje", "dot, hyphen, underscore and at sign").In(l)
}

// amount returns an amount as "12 euro en 50 cent".
func amount(parts []string, l text.Language) string {
	euros, cents := parts[1], strings.TrimPrefix(parts[2], "0")
	says := euros + text.New(" euro", " euros").In(l)
	if euros == "1" {
		says = text.SameInBoth("1 euro").In(l)
	}
	switch {
	case parts[2] == "" || parts[2] == "00":
		return says
	case cents == "1":
		cents += " cent"
	default:
		cents += text.New(" cent", " cents").In(l)
	}
	if euros == "0" {
		return cents
	}
	return says + text.New(" en ", " and ").In(l) + cents
}

// date returns a date with the month in words.
func date(parts []string, l text.Language) string {
	months := text.New(
		"januari februari maart april mei juni juli augustus september oktober november december",
		"January February March April May June July August September October November December").In(l)
	month := strings.TrimPrefix(parts[2], "0")
	for i, name := range strings.Fields(months) {
		if month == ordinal[i] {
			return strings.TrimPrefix(parts[1], "0") + " " + name + " " + parts[3]
		}
	}
	return parts[0]
}

var ordinal = strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12")

// timeOfDay returns a time as "8 uur" or "14 uur 7".
func timeOfDay(parts []string, _ text.Language) string {
	return clockTime(parts[1], parts[2], true)
}

// hours returns a period as "8 tot 18 uur".
func hours(parts []string, _ text.Language) string {
	return clockTime(parts[1], parts[2], parts[2] != "00") + " " + parts[3] + " " + clockTime(parts[4], parts[5], true)
}

func clockTime(hour, minute string, withUnit bool) string {
	if withUnit {
		hour += " uur"
	}
	if minute != "00" {
		hour += " " + strings.TrimPrefix(minute, "0")
	}
	return hour
}

// inFours spells a text in groups of four characters. It ignores the spaces in the text.
func inFours(parts []string, _ text.Language) string {
	return spell(groupsOf(4, strings.ReplaceAll(parts[0], " ", "")))
}

// postcode spells a postcode: first its four digits, and then its two letters.
func postcode(parts []string, _ text.Language) string {
	code := strings.ReplaceAll(parts[0], " ", "")
	return spell([]string{code[:4], code[4:]})
}

// number spells a number in its own groups of characters. It splits groups of more than 5 characters into threes, or into
// fours if their length is a multiple of 4, as for an activation number.
func number(parts []string, _ text.Language) string {
	var groups []string
	for _, group := range strings.FieldsFunc(parts[0], func(r rune) bool { return strings.ContainsRune(" .-", r) }) {
		size := 3
		switch {
		case len(group) <= 5:
			size = len(group)
		case len(group)%4 == 0:
			size = 4
		}
		groups = append(groups, groupsOf(size, group)...)
	}
	return spell(groups)
}

// groupsOf cuts a text into groups of size bytes. The last group may be shorter.
func groupsOf(size int, text string) (groups []string) {
	for len(text) > size {
		groups, text = append(groups, text[:size]), text[size:]
	}
	return append(groups, text)
}

// stays is the no-break space.
const stays = "\u00a0"

// spell makes a synthesizer read groups character by character, on one line. Letters are separated by commas, so that they are
// not read as a word. Groups are then separated by semicolons.
func spell(groups []string) string {
	between := ", "
	var said []string
	for _, group := range groups {
		var b strings.Builder
		for i, r := range group {
			if i > 0 && (unicode.IsLetter(r) || unicode.IsLetter(rune(group[i-1]))) {
				b.WriteString(",")
			}
			if i > 0 {
				b.WriteString(" ")
			}
			b.WriteRune(r)
			if unicode.IsLetter(r) {
				between = "; "
			}
		}
		said = append(said, b.String())
	}
	return strings.ReplaceAll(strings.Join(said, between), " ", stays)
}
