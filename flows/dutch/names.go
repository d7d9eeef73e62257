package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a person's name as on an envelope: initials such as "A.B.", a prefix such as "van der" and a surname such as "Berg".
// The prefix can be empty.
type Name struct{ Initials, Prefix, Surname string }

// maxInitials is the largest number of initials that is accepted. Nobody has more, and they fit on a line.
const maxInitials = 12

// multiLetterInitials has the initials that people write with several letters, such as Th. for Theo and Chr. for Christiaan.
var multiLetterInitials = map[string]bool{
	"Ch": true, "Chr": true, "Fr": true, "Jac": true, "Joh": true, "Ph": true,
	"Sj": true, "St": true, "Th": true, "Tj": true,
}

// ParseInitials parses initials: "AB", "a.b", "a b" and "A.B." all become "A.B.". Initials of several letters are kept, as in
// "Th.A.", and "IJ." if the text has dots.
func ParseInitials(s string) (string, bool) {
	s = TidyTypedText(s)
	dotted := strings.Contains(s, ".")
	var initials []string
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ' ' || r == '-' }) {
		if multiLetterInitials[word] || dotted && word == "IJ" {
			initials = append(initials, word)
			continue
		}
		for _, letter := range word {
			if !unicode.IsLetter(letter) {
				return "", false
			}
			initials = append(initials, string(unicode.ToUpper(letter)))
		}
	}
	if len(initials) == 0 || len(initials) > maxInitials {
		return "", false
	}
	return strings.Join(initials, ".") + ".", true
}

// String returns the full name, such as "A.B. van der Berg". Without initials the prefix is capitalised: "Van der Berg".
func (n Name) String() string {
	full := joinNonEmpty(n.Initials, n.Prefix, n.Surname)
	if n.Initials != "" {
		return full
	}
	_, size := utf8.DecodeRuneInString(full)
	return strings.ToUpper(full[:size]) + full[size:]
}

// joinNonEmpty joins the non-empty parts with spaces.
func joinNonEmpty(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
