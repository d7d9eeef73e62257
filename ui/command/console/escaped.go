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
		case r > maxUnit:
			r -= maxUnit + 1
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		rest = rest[size:]
	}
	return b.String()
}

const maxUnit = 0xffff // that one escape of JSON can stand for; above it two do (RFC 8259 §7)

func isEscaped(r rune) bool {
	return r != '\n' && r != '\t' && text.IsInvisible(r)
}

// escaping writes lines, each in one piece, with Escaped.
type escaping struct{ to io.Writer }

// Write implements [io.Writer].
func (e escaping) Write(line []byte) (int, error) {
	if _, err := io.WriteString(e.to, Escaped(string(line))); err != nil {
		return 0, err
	}
	return len(line), nil
}
