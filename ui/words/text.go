// Package words holds what every face of the desk says: the phrases around the
// flows, the facts of records in words, and what it takes to write them safely.
// What a flow says stands in its table, in package flows, and what there is to
// say of a product in package sheet.
//
// Start at visit.go for phrases, and at record.go for records.
package words

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
)

// Concat puts messages behind each other.
func Concat(all ...text.Text) (t text.Text) {
	for _, each := range all {
		t.NL, t.EN = t.NL+each.NL, t.EN+each.EN
	}
	return t
}

// JoinSpaced puts messages behind each other with a space between; empty ones are left out.
func JoinSpaced(all ...text.Text) text.Text { return joinWith(text.Untranslated(" "), all) }

// JoinCommas puts messages behind each other with commas between; empty ones are left out.
func JoinCommas(all ...text.Text) text.Text { return joinWith(text.Untranslated(", "), all) }

func joinWith(between text.Text, all []text.Text) (t text.Text) {
	for _, each := range all {
		switch {
		case each == (text.Text{}):
		case t == (text.Text{}):
			t = each
		default:
			t = Concat(t, between, each)
		}
	}
	return t
}

// Capitalise begins a message with a capital, as a sentence does.
func Capitalise(t text.Text) text.Text { return text.New(capitalise(t.NL), capitalise(t.EN)) }

func capitalise(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

// LowerFirst begins a text with a small letter, as the hint of a key does.
func LowerFirst(t text.Text) text.Text { return text.New(lowerFirst(t.NL), lowerFirst(t.EN)) }

func lowerFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:size]) + s[size:]
}

// StripControl is text without anything that would drive a terminal instead of being
// read; line breaks stay (R20).
func StripControl(s string) string { return text.StripControl(s, "\n") }

// Wrap breaks text into lines of at most width cells, between words, but not in a list of
// signs such as ". - _ @". An empty line in text stays one.
func Wrap(text string, width int) []string {
	const whole, glue = "\u2011", "\u00a0" // in place of a hyphen, at which ansi.Wrap breaks "e-mail" in two, and of a space
	list := signs.ReplaceAllStringFunc(text, func(list string) string { return strings.ReplaceAll(list, " ", glue) })
	wrapped := ansi.Wrap(strings.ReplaceAll(list, "-", whole), max(width, 1), "")
	return strings.Split(strings.NewReplacer(whole, "-", glue, " ").Replace(wrapped), "\n")
}

// signs is some of them, each by itself.
var signs = regexp.MustCompile(`[-.,_@!?#%&*+/=]( [-.,_@!?#%&*+/=])+`)
