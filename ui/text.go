package ui

import (
	"strings"
	"unicode"

	"loket/flows"
)

// say returns a message that is always the same.
func say(nl, en string) func() flows.Text { return func() flows.Text { return either(nl, en) } }

// clean is text without anything that would drive the terminal instead of being
// read: control characters, but for line breaks, and what is invisible, such as
// marks that turn the writing direction (R20). Whatever a screen draws of the
// store passes through here, or through frame.say.
func clean(s string) string {
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
