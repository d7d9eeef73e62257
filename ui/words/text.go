// Package words holds what every face of the desk says: the phrases around the
// flows, the facts of records in words, and what it takes to write them safely.
// What a flow says stands in its table, in package flows, and what there is to
// say of a product in package sheet.
package words

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"loket/flows"
)

// Always returns a message that is the same each time.
func Always(t flows.Text) func() flows.Text { return func() flows.Text { return t } }

// Say is Always of a message in both languages.
func Say(nl, en string) func() flows.Text { return Always(flows.Either(nl, en)) }

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
			t = Joined(t, flows.Both(" "), each)
		}
	}
	return t
}

// Capital begins a message with a capital, as a sentence does.
func Capital(t flows.Text) flows.Text { return flows.Either(capital(t.NL), capital(t.EN)) }

func capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

// Clean is text without anything that would drive a terminal instead of being
// read; line breaks stay (R20).
func Clean(s string) string { return flows.Visible(s, "\n") }

// Wrap breaks text into lines of at most width cells, between words. An empty
// line in text stays one.
func Wrap(text string, width int) []string {
	const whole = "\u2011" // in place of a hyphen, at which ansi.Wrap breaks "e-mail" in two
	wrapped := ansi.Wrap(strings.ReplaceAll(text, "-", whole), max(width, 1), "")
	return strings.Split(strings.ReplaceAll(wrapped, whole, "-"), "\n")
}
