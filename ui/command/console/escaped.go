package console

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"loket/flows/text"
)

// Escaped returns s with each invisible character but line breaks and tabs as it is
// written in JSON: what somebody else wrote drives no terminal of an operator, and can be
// seen. JSON means the same after that.
func Escaped(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, isEscaped) {
		return s
	}
	var b strings.Builder
	for rest := s; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, rest[0])
		case !isEscaped(r):
			b.WriteRune(r)
		case r > maxUTF16Unit:
			r -= maxUTF16Unit + 1
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		rest = rest[size:]
	}
	return b.String()
}

const maxUTF16Unit = 0xffff // the largest code point that JSON escapes as one \u sequence; larger ones take two (RFC 8259 §7)

func isEscaped(r rune) bool {
	return r != '\n' && r != '\t' && text.IsInvisible(r)
}

// An EscapingWriter writes text with [Escaped].
type EscapingWriter struct {
	to      io.Writer
	partial []byte // the first bytes of a character whose others are still to come
}

// NewEscapingWriter returns a writer to one.
func NewEscapingWriter(to io.Writer) *EscapingWriter { return &EscapingWriter{to: to} }

// Write implements [io.Writer].
func (e *EscapingWriter) Write(p []byte) (int, error) {
	all := append(e.partial, p...)
	whole := wholeRunes(all)
	if _, err := io.WriteString(e.to, Escaped(string(all[:whole]))); err != nil {
		return 0, err
	}
	e.partial = append([]byte(nil), all[whole:]...)
	return len(p), nil
}

// wholeRunes returns how many bytes of text come before a character that has only begun.
func wholeRunes(text []byte) int {
	for i := len(text) - 1; i >= 0 && i > len(text)-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			if !utf8.FullRune(text[i:]) {
				return i
			}
			break
		}
	}
	return len(text)
}
