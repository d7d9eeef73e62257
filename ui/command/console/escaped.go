package console

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"loket/flows/text"
)

// EscapeInvisible returns s with invisible characters, except line breaks and tabs, replaced by JSON escapes. So text from other
// people cannot control an operator's terminal, and the operator can see the characters. JSON text keeps its meaning.
func EscapeInvisible(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, mustEscape) {
		return s
	}
	var b strings.Builder
	for rest := s; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, rest[0])
		case !mustEscape(r):
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

// maxUTF16Unit is the largest code point that JSON escapes as one \u sequence. Larger code points take two (RFC 8259 §7).
const maxUTF16Unit = 0xffff

func mustEscape(r rune) bool {
	return r != '\n' && r != '\t' && text.IsInvisible(r)
}

// An EscapingWriter writes text to another writer after passing it through [EscapeInvisible].
type EscapingWriter struct {
	to      io.Writer
	partial []byte // partial is the beginning of a UTF-8 character whose other bytes have not been written yet.
}

// NewEscapingWriter returns an EscapingWriter that writes to the given writer.
func NewEscapingWriter(to io.Writer) *EscapingWriter { return &EscapingWriter{to: to} }

// Write implements [io.Writer].
func (e *EscapingWriter) Write(p []byte) (int, error) {
	all := append(e.partial, p...)
	whole := wholeRunesLength(all)
	if _, err := io.WriteString(e.to, EscapeInvisible(string(all[:whole]))); err != nil {
		return 0, err
	}
	e.partial = append([]byte(nil), all[whole:]...)
	return len(p), nil
}

// wholeRunesLength returns the length of text in bytes, without an incomplete UTF-8 character at its end.
func wholeRunesLength(text []byte) int {
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
