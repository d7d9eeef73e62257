// Package text has the texts of the desk in each of its languages, and makes text from
// outside safe to show. Start at Text and New.
package text

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Language is a language of the desk.
type Language string

// The languages of the desk, by their ISO 639-1 codes.
const (
	Dutch   Language = "nl"
	English Language = "en"
)

// Other returns the language to switch to.
func (l Language) Other() Language {
	if l == English {
		return Dutch
	}
	return English
}

// Text is one message in all languages of the desk. With New, a missing language does not compile.
type Text struct{ NL, EN string }

// New returns the message that reads nl in Dutch and en in English.
func New(nl, en string) Text { return Text{nl, en} }

// SameInBoth returns a Text that is identical in every language.
func SameInBoth(s string) Text { return Text{s, s} }

// NewFunc returns a function that always returns the same message.
func NewFunc(nl, en string) func() Text { return TextFunc(New(nl, en)) }

// TextFunc returns a function that always returns t.
func TextFunc(t Text) func() Text { return func() Text { return t } }

// In returns the text in one language. Any language other than English counts as Dutch.
func (t Text) In(l Language) string {
	if l == English {
		return t.EN
	}
	return t.NL
}

// StripControl returns s in NFC without invalid UTF-8 and without invisible characters, which a terminal or printer could
// interpret as commands (R20). The runes in kept are not removed.
func StripControl(s, kept string) string {
	if isPrintableASCII(s) { // Most texts on a screen are.
		return s
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if IsInvisible(r) && !strings.ContainsRune(kept, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

func isPrintableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// IsInvisible reports whether r displays as nothing, not even a space: a control character, a mark that changes the writing
// direction, a variation selector, a filler, or another character that fonts leave out (Default_Ignorable_Code_Point).
func IsInvisible(r rune) bool {
	return unicode.IsControl(r) || r > unicode.MaxLatin1 && unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == softHyphen
}

const softHyphen = '\u00ad'

// SingleLine returns s as one line: it applies StripControl, and replaces each run of whitespace by one space.
func SingleLine(s string) string {
	if IsPlainLine(s) { // Most texts in a feed are plain lines.
		return s
	}
	return strings.Join(strings.Fields(StripControl(s, "\t\n\v\f\r\u0085")), " ")
}

// IsPlainLine reports whether s is printable ASCII with single spaces between words, so that SingleLine would not change it.
func IsPlainLine(s string) bool {
	return isPrintableASCII(s) && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ") && !strings.Contains(s, "  ")
}

// FirstCharacters returns the first characters of s, at most most of them.
func FirstCharacters(s string, most int) string {
	for i := range s {
		if most--; most < 0 {
			return s[:i]
		}
	}
	return s
}

// DescribeWait returns a waiting time in words, in whole seconds, minutes or days, rounded up.
func DescribeWait(d time.Duration) Text {
	const day = 24 * time.Hour
	if d >= 2*day {
		days := int((d + day - 1) / day)
		return New(fmt.Sprintf("%d dagen", days), fmt.Sprintf("%d days", days))
	}
	seconds := int((d + time.Second - 1) / time.Second)
	if seconds > 90 {
		minutes := (seconds + 59) / 60
		return New(fmt.Sprintf("%d minuten", minutes), fmt.Sprintf("%d minutes", minutes))
	}
	if seconds == 1 {
		return New("1 seconde", "1 second")
	}
	return New(fmt.Sprintf("%d seconden", seconds), fmt.Sprintf("%d seconds", seconds))
}
