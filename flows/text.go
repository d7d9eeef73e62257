package flows

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Language is one that a customer can read the desk in.
type Language string

const (
	Dutch   Language = "nl"
	English Language = "en"
)

// Other is the language to switch to.
func (l Language) Other() Language {
	if l == English {
		return Dutch
	}
	return English
}

// Text is one message in every language of the desk. Write it unkeyed, so that
// a missing language does not compile.
type Text struct{ NL, EN string }

// In gives the text in one language; whatever is not English is Dutch.
func (t Text) In(l Language) string {
	if l == English {
		return t.EN
	}
	return t.NL
}

// say returns a message that is always the same.
func say(nl, en string) func() Text { return func() Text { return Text{nl, en} } }

// Either is a message in both languages, Dutch first; package dutch gives such pairs.
func Either(nl, en string) Text { return Text{nl, en} }

// Both is what reads the same in every language.
func Both(s string) Text { return Text{s, s} }

// Visible is s without what would drive a terminal or a printer instead of being
// read: control characters, what is invisible, such as marks that turn the
// writing direction, and bytes that are no text (R20). What is in kept stays.
func Visible(s, kept string) string {
	return strings.Map(func(r rune) rune {
		if (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) && !strings.ContainsRune(kept, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// inWords tells a time to wait, in whole seconds or minutes, never too short.
func inWords(d time.Duration) (nl, en string) {
	seconds := int((d + time.Second - 1) / time.Second)
	if seconds > 90 {
		minutes := (seconds + 59) / 60
		return fmt.Sprintf("%d minuten", minutes), fmt.Sprintf("%d minutes", minutes)
	}
	if seconds == 1 {
		return "1 seconde", "1 second"
	}
	return fmt.Sprintf("%d seconden", seconds), fmt.Sprintf("%d seconds", seconds)
}
