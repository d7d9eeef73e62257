package dutch

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"loket/flows/text"
)

// maxTypedLength is the largest number of bytes that TidyTypedText accepts.
const maxTypedLength = 512

// TidyTypedText normalises text that somebody typed or pasted: to Unicode form NFC, with plain spaces, with '-' for every kind of dash,
// with plain letters and digits instead of full-width ones, and without invisible characters (R20). If s is longer than
// maxTypedLength bytes, it returns "", which every parser rejects.
func TidyTypedText(s string) string {
	if len(s) > maxTypedLength {
		return ""
	}
	if text.IsPlainLine(s) {
		return s
	}
	return strings.TrimSpace(text.StripControl(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Pd, r), r == '\u2212': // Unicode does not classify the minus sign (U+2212) as a dash.
			return '-'
		case r == utf8.RuneError, !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, width.Fold.String(s)), ""))
}

// upperNoSpaces tidies s, and returns it in capitals and without spaces.
func upperNoSpaces(s string) string {
	return strings.ToUpper(strings.ReplaceAll(TidyTypedText(s), " ", ""))
}

// splitIntoSizes splits s into parts of the given sizes. The last size also applies to all further parts.
func splitIntoSizes(s string, sizes ...int) []string {
	var parts []string
	for len(s) > 0 {
		n := min(sizes[0], len(s))
		parts, s = append(parts, s[:n]), s[n:]
		if len(sizes) > 1 {
			sizes = sizes[1:]
		}
	}
	return parts
}

// answerLabelPattern matches a label that people copy together with their answer, such as "Postcode: " or "tel. ".
var answerLabelPattern = regexp.MustCompile(`(?i)^(?:mijn |my )?(?:geboortedatum|geboren|geb|date of birth|birth date|born|dob|postcode|post code|zip|huisnummer|house number|` +
	`telefoonnummer|telefoon|telephone|phone|tel|mobiele nummer|mobiel|mobile|mob|gsm|productnummer|product number|leningnummer|lening|loan number|loan|` +
	`polisnummer|polis|policy number|policy|rekeningnummer|rekening|account number|account|iban|e-mailadres|emailadres|e-mail|email|mail|nummer|number|nr|no|op|on)` +
	`(?: ?(?:nr|no|number|nummer))?(?: is)?[.:#]* *[:=]? *`)

func isASCIILetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// StripAnswerLabel tidies s as TidyTypedText does, and removes a label that was copied with the answer.
func StripAnswerLabel(s string) string {
	if s = TidyTypedText(s); s == "" || !isASCIILetter(s[0]) {
		return s // which most answers are, and a regular expression takes long
	}
	rest := answerLabelPattern.ReplaceAllString(s, "")
	if rest == s || rest == "" || !strings.ContainsAny(s[len(s)-len(rest)-1:len(s)-len(rest)], " .:#=") {
		return s
	}
	return rest
}
