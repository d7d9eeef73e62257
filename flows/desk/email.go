package desk

import (
	"regexp"
	"strings"

	"loket/flows/dutch"
	"loket/flows/text"
)

// The largest numbers of characters in an e-mail address, and in its part before the @ (RFC 5321, 4.5.3.1).
const (
	LongestEmail   = 254
	maxLocalLength = 64
)

// spacedEmailMarks matches an @ or a dot with the spaces around it, which phone keyboards may add.
var spacedEmailMarks = regexp.MustCompile(` *([@.]) *`)

// ParseEmail parses an e-mail address as people type it, or returns a text about the mistake in it. It accepts the addresses
// of nearly every provider, but rejects characters that could start another header in a message.
func ParseEmail(typed string) (address string, wrong *text.Text) {
	if typed = dutch.TidyTypedText(typed); strings.Contains(typed, " ") {
		typed = spacedEmailMarks.ReplaceAllString(typed, "$1")
	}
	local, domain, hasAt := strings.Cut(typed, "@")
	domain = strings.ToLower(domain)
	switch {
	case typed == "":
		return "", new(text.New("Vul een e-mailadres in.", "Fill in an e-mail address."))
	case !hasAt:
		return "", new(text.New("Er mist een apenstaartje (@). Dat maak je meestal met Shift en 2, en op sommige toetsenborden met de toets naast Enter.", "The @ is missing. You usually type it with Shift and 2, and on some keyboards with the key next to Enter."))
	case strings.Contains(typed, " "):
		return "", new(text.New("Er staat een spatie in. Vul één e-mailadres in, zonder spaties.", "There is a space in it. Fill in one e-mail address, without spaces."))
	case strings.Contains(domain, "@"):
		return "", new(text.New("Er staat meer dan één apenstaartje (@) in.", "There is more than one @ in it."))
	case len(typed) > LongestEmail || len(local) > maxLocalLength:
		return "", new(text.New("Dit adres is te lang. Kijk nog eens.", "This address is too long. Please check."))
	case !isEmailLocalPart(local):
		return "", new(text.New("Vóór het apenstaartje staat iets wat niet kan. Kijk nog eens.", "Something before the @ cannot be there. Please check."))
	case !IsDomain(domain):
		return "", new(text.New("Na het apenstaartje hoort een naam met een punt, zoals example.org.", "The part after the @ needs a dot, as in example.org."))
	}
	return local + "@" + domain, nil
}

// AtSignHint tells visitors how to type the @.
var AtSignHint = text.NewFunc("De @ maak je meestal met Shift en 2", "You usually type the @ with Shift and 2")

// isEmailLocalPart reports whether s is a dot-atom, a valid part before the @ (RFC 5321, 4.1.2).
func isEmailLocalPart(s string) bool {
	const special = "!#$%&'*+-/=?^_`{|}~"
	for atom := range strings.SplitSeq(s, ".") {
		if atom == "" || strings.Trim(atom, lettersAndDigits+special) != "" {
			return false
		}
	}
	return true
}

// IsDomain reports whether s is a domain name with a dot, whose last part contains letters (RFC 1035, 2.3.1).
func IsDomain(s string) bool {
	labels := strings.Split(s, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 || strings.Trim(l, lettersAndDigits+"-") != "" || strings.Trim(l, "-") != l {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(labels) > 1 && len(last) > 1 && strings.Trim(last, "0123456789") != ""
}

const lettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

var angleBracketsPattern = regexp.MustCompile(`<([^<>]*)>$`)

// ExtractEmail extracts the address from the text that a visitor pasted, such as "Anna <anna@example.org>" or
// "mailto:anna@example.org". It also removes a label before the address and a full stop after it.
func ExtractEmail(typed string) string {
	typed = dutch.StripAnswerLabel(typed)
	if in := angleBracketsPattern.FindStringSubmatch(typed); in != nil {
		typed = in[1]
	}
	return strings.TrimRight(strings.TrimPrefix(typed, "mailto:"), ".,;")
}
