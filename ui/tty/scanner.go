package tty

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A Token is the smallest piece of what a terminal sends that means something.
type Token struct {
	Kind  Kind
	Bytes []byte // as they came; those of a paste, without its marks and what could drive a terminal
	Cut   bool   // whether a paste or a sequence was longer than may be, and its end is missing
}

// Kind is what a Token is.
type Kind byte

const (
	Text     Kind = iota + 1 // a character that can be seen
	Key                      // a control character, or any character after an escape; the Escape key
	Sequence                 // an escape sequence that is complete
	Broken                   // the beginning of an escape sequence that did not go on
	Paste                    // what was pasted (bracketed paste, mode 2004), as one thing
)

// LongestSequence is how many bytes an escape sequence has at most. The beginning of a
// longer one is Broken, and the rest is text.
const LongestSequence = 256

const (
	escape     = 0x1b
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// A Scanner makes tokens of the bytes that a terminal sends, in whatever pieces they
// come. It leaves out bytes that are no UTF-8, and the control characters from 80 to
// 9F: Bubble Tea's decoder panics at 9B 4D and two more bytes.
type Scanner struct {
	MaxPaste int // bytes that are kept of one paste
	Dropped  int // bytes beyond that, of all pastes so far

	rune    []byte // the beginning of one
	within  part
	pending []byte // the escape sequence so far

	pasting bool
	pasted  []byte
	cut     bool
}

// part is where in an escape sequence the next byte stands (ECMA-48 §5.4).
type part int

const (
	ground  part = iota
	escaped      // after ESC
	control      // in a control sequence, after ESC [
	single       // after ESC O
	mouse        // in three bytes after ESC [ M: a button, a column and a row
	str          // in a control string, after ESC P and its like
	closing      // after ESC in a control string
)

// Scan calls emit for each token that ends in sent, in order. emit may keep its bytes.
func (s *Scanner) Scan(sent []byte, emit func(Token)) {
	s.rune = append(s.rune, sent...)
	for utf8.FullRune(s.rune) {
		r, size := utf8.DecodeRune(s.rune)
		if broken := r == utf8.RuneError && size == 1; !broken && (r < 0x80 || r > 0x9f) {
			s.take(s.rune[:size:size], emit)
		}
		s.rune = s.rune[size:]
	}
}

// Pending returns the beginning of a token that has not ended, unless that is a paste
// or in one.
func (s *Scanner) Pending() []byte {
	if s.pasting {
		return nil
	}
	return s.pending
}

// Flush ends what is pending, because nothing more of it comes.
func (s *Scanner) Flush(emit func(Token)) {
	if !s.pasting && s.within != ground {
		s.breakOff(false, emit)
	}
}

// Reset forgets everything that has begun.
func (s *Scanner) Reset() { *s = Scanner{MaxPaste: s.MaxPaste, Dropped: s.Dropped} }

// take takes a character.
func (s *Scanner) take(r []byte, emit func(Token)) {
	if s.within != ground && s.within != closing && len(s.pending)+len(r) > LongestSequence {
		s.breakOff(true, emit)
	}
	switch next, ends := s.next(r[0]); {
	case s.within == ground && next == ground:
		kind := Text
		if r[0] < ' ' || r[0] == 0x7f {
			kind = Key
		}
		s.give(Token{Kind: kind, Bytes: r}, emit)
	case s.within == closing && !ends:
		s.pending = s.pending[:len(s.pending)-1]
		s.breakOff(false, emit)
		s.within, s.pending = escaped, []byte{escape}
		s.take(r, emit)
	case next == ground && !ends:
		s.breakOff(false, emit)
		s.take(r, emit)
	default:
		s.pending = append(s.pending, r...)
		if s.within = next; ends {
			s.end(emit)
		}
	}
}

// next returns where a sequence goes on with a character that begins with b, and
// reports whether it ends with it. It is at the ground if b does not belong to it.
func (s *Scanner) next(b byte) (next part, ends bool) {
	parameter, final := ' ' <= b && b < 0x40, 0x40 <= b && b < 0x7f
	switch s.within {
	case ground:
		if b == escape {
			return escaped, false
		}
	case escaped:
		switch {
		case b == escape:
			return escaped, false
		case b == '[':
			return control, false
		case b == 'O':
			return single, false
		case strings.IndexByte("]PX^_", b) >= 0:
			return str, false
		}
		return ground, true
	case control:
		if b == 'M' && bytes.HasSuffix(s.pending, []byte("\x1b[")) {
			return mouse, false
		}
		if parameter {
			return control, false
		}
		return ground, final
	case single:
		if parameter {
			return single, false
		}
		return ground, final
	case mouse:
		const whole = len("[M") + 3
		if parameter || final {
			return mouse, len(bytes.TrimLeft(s.pending, "\x1b"))+1 == whole
		}
	case str:
		switch {
		case b == escape:
			return closing, false
		case b >= ' ':
			return str, false
		}
		return ground, b == '\a'
	case closing:
		return ground, b == '\\'
	}
	return ground, false
}

// end ends a sequence that is complete.
func (s *Scanner) end(emit func(Token)) {
	all := s.pending
	s.within, s.pending = ground, nil
	if before, is := bytes.CutSuffix(all, []byte(pasteStart)); is {
		s.before(before, emit)
		s.Dropped += len(s.pasted) // of one that did not end
		s.pasting, s.pasted, s.cut = true, nil, false
		return
	}
	if before, is := bytes.CutSuffix(all, []byte(pasteEnd)); is && s.pasting {
		s.before(before, emit)
		s.pasting = false
		emit(Token{Paste, s.pasted, s.cut})
		s.pasted = nil
		return
	}
	kind := Sequence
	if isKey(all) {
		kind = Key
	}
	s.give(Token{Kind: kind, Bytes: all}, emit)
}

// before gives escapes that came before a mark.
func (s *Scanner) before(escapes []byte, emit func(Token)) {
	if len(escapes) > 0 {
		s.give(Token{Kind: Key, Bytes: escapes}, emit)
	}
}

// breakOff ends a sequence that is not complete: because it is too long, or because
// what comes does not belong to it.
func (s *Scanner) breakOff(tooLong bool, emit func(Token)) {
	all := s.pending
	s.within, s.pending = ground, nil
	if isKey(all) {
		s.give(Token{Kind: Key, Bytes: all}, emit)
		return
	}
	s.give(Token{Kind: Broken, Bytes: all, Cut: tooLong}, emit)
}

// isKey reports whether all are escapes, with at most one other character after them.
func isKey(all []byte) bool {
	return utf8.RuneCount(bytes.TrimLeft(all, "\x1b")) <= 1
}

// give emits a token, or keeps it with what is pasted.
func (s *Scanner) give(t Token, emit func(Token)) {
	if !s.pasting {
		emit(t)
		return
	}
	for len(t.Bytes) > 0 {
		r, size := utf8.DecodeRune(t.Bytes)
		switch {
		case r < ' ' && !strings.ContainsRune("\t\r\n", r), r == 0x7f: // what drives a terminal
		case s.cut || len(s.pasted)+size > s.MaxPaste:
			s.cut = true
			s.Dropped += size
		default:
			s.pasted = append(s.pasted, t.Bytes[:size]...)
		}
		t.Bytes = t.Bytes[size:]
	}
}
