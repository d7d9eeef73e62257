package spoken

import (
	"regexp"
	"strings"
	"unicode"

	"loket/flows/text"
)

// Form returns what is written as a synthesizer of that language is to read it.
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

// A rule says otherwise what has a certain form.
type rule struct {
	in   text.Language // in which it is; "" for any
	form *regexp.Regexp
	says func(parts []string, l text.Language) string
}

// The rules, in the order in which they are tried: what has the form of two things is the
// first of them.
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

	{"", regexp.MustCompile(`(?i)\b[A-Z]{2}\d\d ?[A-Z]{4}(?: ?\d{1,4})+\b`), inFours}, // an IBAN

	{"", regexp.MustCompile(`\+\d{1,3}(?:[ -]?\d){6,12}\b`), number}, // a telephone number, in another country too
	{"", regexp.MustCompile(`\b0\d{1,3}(?:[ -]\d{2,4}){2,4}\b`), number},
	{"", regexp.MustCompile(`\b\d{4}(?: \d{4})+\b`), number}, // an activation number, or a code
	{"", regexp.MustCompile(`\b[1-9]\d{3} ?[A-Z]{2}\b`), postcode},

	{"", regexp.MustCompile(`\b[A-Z]{4}(?:-[A-Z]{4})+\b`), number},                     // a code of letters
	{"", regexp.MustCompile(`\b\d{1,3}-[A-Z]{2,3}-\d{1,2}\b`), number},                 // a licence plate
	{"", regexp.MustCompile(`\b[A-Z]{1,3}[-.]?\d[\d.-]*\d(?:-[A-Z]{1,3})?\b`), number}, // another, or a policy number
	{"", regexp.MustCompile(`\b\d{1,3}-\d{4,}\b`), number},                             // a policy number
	{"", regexp.MustCompile(`\b\d{6,}\b`), number},                                     // a loan number, or one typed without blanks
}

// fixed says always the same.
func fixed(says string) func([]string, text.Language) string {
	return func([]string, text.Language) string { return says }
}

// signs names the signs that a username may have.
func signs(_ []string, l text.Language) string {
	return text.New("punt, streepje, laag streepje en apenstaartje", "dot, hyphen, underscore and at sign").In(l)
}

// amount says euros and cents.
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

// date says a day with its month in words.
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

// timeOfDay says "8 uur" and "14 uur 7".
func timeOfDay(parts []string, _ text.Language) string {
	return clockTime(parts[1], parts[2], true)
}

// hours says "8 tot 18 uur".
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

// inFours spells, in capitals, what is written in groups of four, or in none.
func inFours(parts []string, _ text.Language) string {
	return spell(groupsOf(4, strings.ToUpper(strings.ReplaceAll(parts[0], " ", ""))))
}

// postcode returns a postcode as it is read aloud: digit by digit, and letter by letter.
func postcode(parts []string, _ text.Language) string {
	code := strings.ReplaceAll(parts[0], " ", "")
	return spell([]string{code[:4], code[4:]})
}

// number spells what is written in the groups that it has or, if they are long, in threes; but
// in fours what has twelve digits, as an activation number.
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

// groupsOf cuts a text into parts of so many characters, of which the last may be shorter.
func groupsOf(size int, text string) (groups []string) {
	for len(text) > size {
		groups, text = append(groups, text[:size]), text[size:]
	}
	return append(groups, text)
}

// stays is a blank at which no line is broken.
const stays = "\u00a0"

// spell has groups be read character by character, on one line. Between letters stands a comma, or some
// would be taken for a word; then it is a semicolon that parts the groups.
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
