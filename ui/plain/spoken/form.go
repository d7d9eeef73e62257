package spoken

import (
	"regexp"

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
	{"", regexp.MustCompile(`\bCtrl\+`), fixedWords("Control ")},
	{"", regexp.MustCompile(`\b(localhost|[\w-]+(?:\.[\w-]+)+):(\d{2,5})\b`), portWords},

	{text.Dutch, regexp.MustCompile(`([-−]?)€ ?([-−]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d\d))?\b`), amountWords},
	{text.English, regexp.MustCompile(`([-−]?)€ ?([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d\d))?\b`), amountWords},

	{"", regexp.MustCompile(`\b(\d\d?)-(\d\d?)-((?:19|20)\d\d)\b`), dateWords},
	{"", regexp.MustCompile(`\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b`), isoDateWords},
	{"", regexp.MustCompile(`\b((?:19|20)\d\d)[-/]((?:19|20)\d\d)\b`), rangeWords},
	{"", regexp.MustCompile(`\b(\d[\d.,]*) ?– ?(\d)`), rangeWords},
	{text.Dutch, regexp.MustCompile(`\b([01]?\d|2[0-4])[.:]([0-5]\d) (tot|en) ([01]?\d|2[0-4])[.:]([0-5]\d) uur\b`), hoursWords},
	{text.Dutch, regexp.MustCompile(`\b([01]?\d|2[0-4])[.]([0-5]\d) uur\b`), dutchTime},
	{"", regexp.MustCompile(`\b([01]?\d|2[0-4]):([0-5]\d)\b(?: uur\b)?`), timeWords},
	{text.Dutch, regexp.MustCompile(`\b([1-9]|1\d|20)(?:e|de|ste) (\p{Ll})`), ordinalWords},
	{"", regexp.MustCompile(`\b(\d{1,5})[- ](II|III|IV)\b`), romanFloorWords}, // A house number and a floor.

	{"", regexp.MustCompile(`\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?\d{1,3})?\b`), spellInFours}, // An IBAN of any country.
	{"", regexp.MustCompile(`(?i)\b[A-Z]{2}\d\d ?[A-Z]{4}(?: ?\d{1,4})+\b`), spellInFours},         // A part of an IBAN, or one in small letters.

	{"", regexp.MustCompile(`\b\d{4}(?: \d{4}){2,}\b`), spellNumber},                     // An activation number or another code of digits.
	{"", regexp.MustCompile(`\+\d{1,3}(?: ?\(0\))?(?:[ -]?\d){6,12}\b`), spellTelephone}, // A telephone number with a country code.
	{"", regexp.MustCompile(`\(0\d{1,3}\)(?:[ -]*\d{2,8}){1,4}\b`), spellTelephone},
	{"", regexp.MustCompile(`\b(0[1-9])(\d{8})\b`), spellTelephone}, // A telephone number that was typed without spaces.
	{"", regexp.MustCompile(`\b0\d{1,3}(?:(?: - |[ -])\d{2,8}){1,4}\b`), spellTelephone},
	{"", regexp.MustCompile(`\b\d{4} \d{4}\b`), spellNumber}, // A part of such a number.
	{"", regexp.MustCompile(`\b[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})\b`), spellPostcode},

	{"", regexp.MustCompile(`\b[A-Z]{4}(?:-[A-Z]{4})+\b`), spellNumber},     // A code of letters.
	{"", regexp.MustCompile(`\b\d{1,3}-[A-Z]{2,3}-\d{1,2}\b`), spellNumber}, // A licence plate that begins with a digit.
	// A licence plate that begins with a letter, or a policy number.
	{"", regexp.MustCompile(`\b[A-Z]{1,3}[-.]?\d[\d.-]*\d(?:-[A-Z]{1,3})?\b`), spellUnlessKey},
	{"", regexp.MustCompile(`\b\d{1,3}-\d{4,}\b`), spellNumber},               // A policy number.
	{"", regexp.MustCompile(`\b[A-Z0-9]+(?:[-./][A-Z0-9]+)*\b`), spellIfCode}, // A policy number of another form.
	{"", regexp.MustCompile(`\b(v?)(\d+(?:\.\d+){2,})\b`), versionWords},      // A version, or the number of a clause.
	{"", regexp.MustCompile(`\b\d{6,}\b`), spellNumber},                       // A loan number, or an activation number that was typed without spaces.
}

// fixedWords returns a function that always returns the same words.
func fixedWords(says string) func([]string, text.Language) string {
	return func([]string, text.Language) string { return says }
}

// signNames returns the names of the punctuation signs that a username may contain.
func signNames(_ []string, l text.Language) string {
	return text.New("punt, streepje, laag streepje en apenstaartje", "dot, hyphen, underscore and at sign").In(l)
}
