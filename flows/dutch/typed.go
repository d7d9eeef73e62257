package dutch

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"loket/flows/text"
)

// maxTypedLength is the most bytes that Tidy accepts.
const maxTypedLength = 512

// Tidy returns what somebody typed or pasted in NFC, with every kind of space as a plain one,
// every kind of dash as '-', letters and digits of full width as plain ones, and no invisible
// characters (R20). It returns "" for more than maxTypedLength bytes, which no parser accepts.
func Tidy(s string) string {
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
		case unicode.Is(unicode.Pd, r), r == '\u2212': // the minus sign is no dash to Unicode
			return '-'
		case r == utf8.RuneError, !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, width.Fold.String(s)), ""))
}

// upperNoSpaces returns what Tidy returns, in capitals and without spaces.
func upperNoSpaces(s string) string {
	return strings.ToUpper(strings.ReplaceAll(Tidy(s), " ", ""))
}

// splitIntoSizes splits s into parts of the given sizes. The last size is for all parts after it.
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

// labelForm is what people copy before what is asked, such as "Postcode: " or "tel. ".
var labelForm = regexp.MustCompile(`(?i)^(?:mijn |my )?(?:geboortedatum|geboren|geb|date of birth|birth date|born|dob|postcode|post code|zip|huisnummer|house number|` +
	`telefoonnummer|telefoon|telephone|phone|tel|mobiele nummer|mobiel|mobile|mob|gsm|productnummer|product number|leningnummer|lening|loan number|loan|` +
	`polisnummer|polis|policy number|policy|rekeningnummer|rekening|account number|account|iban|e-mailadres|emailadres|e-mail|email|mail|nummer|number|nr|no|op|on)` +
	`(?: ?(?:nr|no|number|nummer))?(?: is)?[.:#]* *[:=]? *`)

func isASCIILetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// WithoutLabel is Tidy, and leaves out a label that was copied with the answer.
func WithoutLabel(s string) string {
	if s = Tidy(s); s == "" || !isASCIILetter(s[0]) {
		return s // which most answers are, and a regular expression takes long
	}
	rest := labelForm.ReplaceAllString(s, "")
	if rest == s || rest == "" || !strings.ContainsAny(s[len(s)-len(rest)-1:len(s)-len(rest)], " .:#=") {
		return s
	}
	return rest
}
