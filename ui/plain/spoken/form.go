package spoken

import (
	"regexp"
	"strings"
	"unicode"

	"loket/flows/text"
)

// RewriteForSpeech rewrites a text so that a speech synthesizer of the given language reads it correctly.
func RewriteForSpeech(written string, l text.Language) string {
	for _, r := range rewriteRules {
		if r.language == "" || r.language == l {
			written = r.pattern.ReplaceAllStringFunc(written, func(found string) string {
				return r.rewrite(r.pattern.FindStringSubmatch(found), l)
			})
		}
	}
	return written
}

// A rewriteRule rewrites the parts of a text that match a pattern.
type rewriteRule struct {
	language text.Language // language is the language for which the rule is. "" means any language.
	pattern  *regexp.Regexp
	rewrite  func(parts []string, l text.Language) string
}

// rewriteRules has all rules in the order in which they are applied. Text that matches two patterns is rewritten by the first rule.
var rewriteRules = []rewriteRule{
	{text.Dutch, regexp.MustCompile(`\bt/m\b`), fixedWords("tot en met")},
	{"", regexp.MustCompile(`\. - _ @`), signNames},

	{text.Dutch, regexp.MustCompile(`€ ?(\d[\d.]*)(?:,(\d\d))?`), amountWords},
	{text.English, regexp.MustCompile(`€ ?(\d[\d,]*)(?:\.(\d\d))?`), amountWords},

	{"", regexp.MustCompile(`\b(\d\d?)-(\d\d?)-((?:19|20)\d\d)\b`), dateWords},
	{text.Dutch, regexp.MustCompile(`\b(\d\d?)\.(\d\d) (tot|en) (\d\d?)\.(\d\d) uur\b`), hoursWords},
	{text.Dutch, regexp.MustCompile(`\b(\d\d?)[.](\d\d) uur\b`), timeWords},
	{text.Dutch, regexp.MustCompile(`(20\d\d, )(\d\d?):(\d\d)\b`), func(p []string, _ text.Language) string { return p[1] + clockTime(p[2], p[3], true) }},
	{text.English, regexp.MustCompile(`\b(\d\d?):00\b`), func(p []string, _ text.Language) string { return p[1] + " o'clock" }},

	{"", regexp.MustCompile(`(?i)\b[A-Z]{2}\d\d ?[A-Z]{4}(?: ?\d{1,4})+\b`), spellInFours}, // An IBAN.

	{"", regexp.MustCompile(`\+\d{1,3}(?:[ -]?\d){6,12}\b`), spellNumber}, // A telephone number with a country code.
	{"", regexp.MustCompile(`\b0\d{1,3}(?:[ -]\d{2,4}){2,4}\b`), spellNumber},
	{"", regexp.MustCompile(`\b\d{4}(?: \d{4})+\b`), spellNumber}, // An activation number or another code of digits.
	{"", regexp.MustCompile(`\b[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})\b`), spellPostcode},

	{"", regexp.MustCompile(`\b[A-Z]{4}(?:-[A-Z]{4})+\b`), spellNumber},     // A code of letters.
	{"", regexp.MustCompile(`\b\d{1,3}-[A-Z]{2,3}-\d{1,2}\b`), spellNumber}, // A licence plate that begins with a digit.
	// A licence plate that begins with a letter, or a policy number.
	{"", regexp.MustCompile(`\b[A-Z]{1,3}[-.]?\d[\d.-]*\d(?:-[A-Z]{1,3})?\b`), spellNumber},
	{"", regexp.MustCompile(`\b\d{1,3}-\d{4,}\b`), spellNumber}, // A policy number.
	{"", regexp.MustCompile(`\b\d{6,}\b`), spellNumber},         // A loan number, or an activation number that was typed without spaces.
}

// fixedWords returns a function that always returns the same words.
func fixedWords(says string) func([]string, text.Language) string {
	return func([]string, text.Language) string { return says }
}

// signNames returns the names of the punctuation signs that a username may contain.
func signNames(_ []string, l text.Language) string {
	return text.New("punt, streepje, laag streepje en apenstaartje", "dot, hyphen, underscore and at sign").In(l)
}

// amountWords returns an amount as "12 euro en 50 cent".
func amountWords(parts []string, l text.Language) string {
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

// dateWords returns a date with the month in words.
func dateWords(parts []string, l text.Language) string {
	months := text.New(
		"januari februari maart april mei juni juli augustus september oktober november december",
		"January February March April May June July August September October November December").In(l)
	month := strings.TrimPrefix(parts[2], "0")
	for i, name := range strings.Fields(months) {
		if month == monthNumbers[i] {
			return strings.TrimPrefix(parts[1], "0") + " " + name + " " + parts[3]
		}
	}
	return parts[0]
}

var monthNumbers = strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12")

// timeWords returns a time as "8 uur" or "14 uur 7".
func timeWords(parts []string, _ text.Language) string {
	return clockTime(parts[1], parts[2], true)
}

// hoursWords returns a period as "8 tot 18 uur".
func hoursWords(parts []string, _ text.Language) string {
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

// spellInFours spells a text in groups of four characters, in capitals. It ignores the spaces in the text.
func spellInFours(parts []string, _ text.Language) string {
	return spellGroups(splitGroups(4, strings.ToUpper(strings.ReplaceAll(parts[0], " ", ""))))
}

// spellPostcode spells a postcode: first its four digits, and then its two letters.
func spellPostcode(parts []string, _ text.Language) string {
	code := strings.ToUpper(strings.ReplaceAll(parts[0], " ", ""))
	return spellGroups([]string{code[:4], code[4:]})
}

// spellNumber spells a number in its own groups of characters. It splits groups of more than 5 characters into threes, or into
// fours if their length is a multiple of 4, as for an activation number.
func spellNumber(parts []string, _ text.Language) string {
	var groups []string
	for _, group := range strings.FieldsFunc(parts[0], func(r rune) bool { return strings.ContainsRune(" .-", r) }) {
		size := 3
		switch {
		case len(group) <= 5:
			size = len(group)
		case len(group)%4 == 0:
			size = 4
		}
		groups = append(groups, splitGroups(size, group)...)
	}
	return spellGroups(groups)
}

// splitGroups cuts a text into groups of size bytes. The last group may be shorter.
func splitGroups(size int, text string) (groups []string) {
	for len(text) > size {
		groups, text = append(groups, text[:size]), text[size:]
	}
	return append(groups, text)
}

// noBreakSpace is the no-break space.
const noBreakSpace = "\u00a0"

// spellGroups makes a synthesizer read groups character by character, on one line. Letters are separated by commas, so that they are
// not read as a word. Groups are then separated by semicolons.
func spellGroups(groups []string) string {
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
	return strings.ReplaceAll(strings.Join(said, between), " ", noBreakSpace)
}
