// Package words has the texts that the full screen and the plain-text interface share: phrases around the flows, facts of records in
// words, and functions that compose texts. The texts of a flow are in package flows, and those about a product in package
// sheet.
//
// Start at visit.go for phrases, and at record.go for records.
package words

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
)

// Concat joins texts.
func Concat(all ...text.Text) (t text.Text) {
	for _, each := range all {
		t.NL, t.EN = t.NL+each.NL, t.EN+each.EN
	}
	return t
}

// JoinSpaced joins texts with a space between them, and leaves out empty ones.
func JoinSpaced(all ...text.Text) text.Text { return joinWith(text.SameInBoth(" "), all) }

// JoinCommas joins texts with a comma between them, and leaves out empty ones.
func JoinCommas(all ...text.Text) text.Text { return joinWith(text.SameInBoth(", "), all) }

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

// Capitalise returns a text that begins with a capital letter, as in a sentence.
func Capitalise(t text.Text) text.Text { return text.New(capitalise(t.NL), capitalise(t.EN)) }

func capitalise(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

// LowerFirst returns a text that begins with a small letter, as in the hint of a key.
func LowerFirst(t text.Text) text.Text { return text.New(lowerFirst(t.NL), lowerFirst(t.EN)) }

func lowerFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:size]) + s[size:]
}

// StripControl returns text without control characters, except line breaks (R20). Control characters could change the settings
// of a terminal.
func StripControl(s string) string { return text.StripControl(s, "\n") }

// Wrap breaks text into lines of at most width cells, between words. It does not break within a list of characters such as ".
// - _ @". Empty lines in the text stay.
func Wrap(text string, width int) []string {
	if len(text) <= width && !strings.Contains(text, "\n") { // A character has at least as many bytes as cells.
		return []string{strings.ReplaceAll(text, noBreakSpace, " ")}
	}
	isInList := func(before, after byte) bool {
		return strings.IndexByte(listedPunctuation, before) >= 0 && strings.IndexByte(listedPunctuation, after) >= 0
	}
	wrapped := ansi.Wrap(strings.ReplaceAll(KeepTogether(text, isInList), "-", noBreakHyphen), max(width, 1), "")
	return strings.Split(breakingCharacters.Replace(wrapped), "\n")
}

// Wrap uses noBreakHyphen instead of hyphens, because ansi.Wrap would break "e-mail" in two, and noBreakSpace for spaces at which
// it must not break.
const noBreakHyphen, noBreakSpace = "\u2011", "\u00a0"

// breakingCharacters replaces the characters that Wrap uses by the usual ones.
var breakingCharacters = strings.NewReplacer(noBreakHyphen, "-", noBreakSpace, " ")

// listedPunctuation are the punctuation characters of which a text can have a list, separated by spaces.
const listedPunctuation = "-.,_@!?#%&*+/="

// KeepTogether replaces spaces by spaces at which Wrap does not break a line. isKept reports whether to replace a space, from the bytes
// before and after it.
func KeepTogether(text string, isKept func(before, after byte) bool) string {
	var kept strings.Builder
	from := 0 // from is the beginning of what is not yet in kept.
	for i := 1; i < len(text)-1; i++ {
		if text[i] == ' ' && isKept(text[i-1], text[i+1]) {
			kept.WriteString(text[from:i])
			kept.WriteString(noBreakSpace)
			from = i + 1
		}
	}
	if from == 0 {
		return text
	}
	return kept.String() + text[from:]
}
