// Package words holds what every face of the desk says: the phrases around the
// flows, the facts of records in words, and what it takes to write them safely.
// What a flow says stands in its table, in package flows, and what there is to
// say of a product in package sheet.
package words

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"loket/flows"
)

// Either is a message in both languages, Dutch first; package dutch gives such pairs.
func Either(nl, en string) flows.Text { return flows.Text{NL: nl, EN: en} }

// Always returns a message that is the same each time.
func Always(t flows.Text) func() flows.Text { return func() flows.Text { return t } }

// Say is Always of Either.
func Say(nl, en string) func() flows.Text { return Always(Either(nl, en)) }

// Joined puts messages behind each other.
func Joined(all ...flows.Text) (t flows.Text) {
	for _, each := range all {
		t.NL, t.EN = t.NL+each.NL, t.EN+each.EN
	}
	return t
}

// Spaced puts messages behind each other with a space between; empty ones are left out.
func Spaced(all ...flows.Text) (t flows.Text) {
	for _, each := range all {
		switch {
		case each == (flows.Text{}):
		case t == (flows.Text{}):
			t = each
		default:
			t = Joined(t, Either(" ", " "), each)
		}
	}
	return t
}

// Clean is text without anything that would drive a terminal instead of being
// read: control characters, but for line breaks, and what is invisible, such as
// marks that turn the writing direction (R20).
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, s)
}

func hidden(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
}

// Wrap breaks text into lines of at most width cells, between words. An empty
// line in text stays one.
func Wrap(text string, width int) []string {
	const whole = "\u2011" // in place of a hyphen, at which ansi.Wrap breaks "e-mail" in two
	wrapped := ansi.Wrap(strings.ReplaceAll(text, "-", whole), max(width, 1), "")
	return strings.Split(strings.ReplaceAll(wrapped, whole, "-"), "\n")
}
