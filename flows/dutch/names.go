package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a person's name as on an envelope: initials "A.B.", prefix "van der" and surname
// "Berg". The prefix can be empty.
type Name struct{ Initials, Prefix, Surname string }

// maxInitials bounds initials: nobody has more, and they fit on a line.
const maxInitials = 12

// multiLetterInitials are the initials that people write with more than one letter: Th. for Theo, Chr.
// for Christiaan.
var multiLetterInitials = map[string]bool{
	"Ch": true, "Chr": true, "Fr": true, "Jac": true, "Joh": true, "Ph": true,
	"Sj": true, "St": true, "Th": true, "Tj": true,
}

// ParseInitials reads "AB", "a.b", "a b" or "A.B." as "A.B.". What is written as
// one initial stays one: "Th.A.", and "IJ." where dots are used.
func ParseInitials(s string) (string, bool) {
	s = Tidy(s)
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

// String returns the whole name, "A.B. van der Berg". Without initials the prefix
// takes the capital: "Van der Berg".
func (n Name) String() string {
	full := joinWords(n.Initials, n.Prefix, n.Surname)
	if n.Initials != "" {
		return full
	}
	_, size := utf8.DecodeRuneInString(full)
	return strings.ToUpper(full[:size]) + full[size:]
}

// joinWords joins the parts that are not empty with spaces.
func joinWords(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
