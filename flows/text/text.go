// Package text is what the desk says, in every language that it speaks, and what
// makes text safe to show. Start at Text and New.
package text

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Language is one that a customer can read the desk in.
type Language string

// The languages of the desk, by their ISO 639-1 codes.
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

// Text is one message in every language of the desk. New makes one, so that a
// missing language does not compile.
type Text struct{ NL, EN string }

// New returns the message that reads nl in Dutch and en in English.
func New(nl, en string) Text { return Text{nl, en} }

// Same returns a Text that is identical in every language.
func Same(s string) Text { return Text{s, s} }

// Fixed returns a function that always returns the same message.
func Fixed(nl, en string) func() Text { return Always(New(nl, en)) }

// Always returns a function that always returns t.
func Always(t Text) func() Text { return func() Text { return t } }

// In returns the text in one language. Any language but English counts as Dutch.
func (t Text) In(l Language) string {
	if l == English {
		return t.EN
	}
	return t.NL
}

// Visible returns s without what would drive a terminal or a printer instead of
// being read: control characters, invisible ones such as marks that turn the
// writing direction, and bytes that are not UTF-8 (R20). The runes in kept stay.
func Visible(s, kept string) string {
	return strings.Map(func(r rune) rune {
		if (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) && !strings.ContainsRune(kept, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Wait returns a time to wait in words, in whole seconds or minutes, rounded up.
func Wait(d time.Duration) Text {
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
