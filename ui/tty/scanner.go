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
	Text           Kind = iota + 1 // a character that can be seen
	Key                            // a control character, or any character after an escape; the Escape key
	Sequence                       // an escape sequence that is complete
	BrokenSequence                 // the beginning of an escape sequence that did not go on
	Paste                          // what was pasted (bracketed paste, mode 2004), as one thing
)

// MaxSequence is how many bytes an escape sequence has at most. The beginning of a
// longer one is Broken, and the rest is text.
const MaxSequence = 256

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
	within  scanState
	pending []byte // the escape sequence so far

	pasting bool
	pasted  []byte
	cut     bool
}

// scanState is where in an escape sequence the next byte stands (ECMA-48 §5.4).
type scanState int

const (
	inGround       scanState = iota
	afterEscape              // after ESC
	inControl                // in a control sequence, after ESC [
	inSingleShift            // after ESC O
	inMouse                  // in three bytes after ESC [ M: a button, a column and a row
	inString                 // in a control string, after ESC P and its like
	inStringEscape           // after ESC in a control string
)

// Scan calls emit for each token that ends in sent, in order. emit may keep its bytes.
func (s *Scanner) Scan(sent []byte, emit func(Token)) {
	s.rune = append(s.rune, sent...)
	for utf8.FullRune(s.rune) {
		r, size := utf8.DecodeRune(s.rune)
		if broken := r == utf8.RuneError && size == 1; !broken && (r < 0x80 || r > 0x9f) {
			s.takeRune(s.rune[:size:size], emit)
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
	if !s.pasting && s.within != inGround {
		s.emitBroken(false, emit)
	}
}

// Reset forgets everything that has begun.
func (s *Scanner) Reset() { *s = Scanner{MaxPaste: s.MaxPaste, Dropped: s.Dropped} }

// takeRune takes a character.
func (s *Scanner) takeRune(r []byte, emit func(Token)) {
	if s.within != inGround && s.within != inStringEscape && len(s.pending)+len(r) > MaxSequence {
		s.emitBroken(true, emit)
	}
	switch next, ends := s.nextState(r[0]); {
	case s.within == inGround && next == inGround:
		kind := Text
		if r[0] < ' ' || r[0] == 0x7f {
			kind = Key
		}
		s.emitToken(Token{Kind: kind, Bytes: r}, emit)
	case s.within == inStringEscape && !ends:
		s.pending = s.pending[:len(s.pending)-1]
		s.emitBroken(false, emit)
		s.within, s.pending = afterEscape, []byte{escape}
		s.takeRune(r, emit)
	case next == inGround && !ends:
		s.emitBroken(false, emit)
		s.takeRune(r, emit)
	default:
		s.pending = append(s.pending, r...)
		if s.within = next; ends {
			s.endSequence(emit)
		}
	}
}

// nextState returns where a sequence goes on with a character that begins with b, and
// reports whether it ends with it. It is at the ground if b does not belong to it.
func (s *Scanner) nextState(b byte) (next scanState, ends bool) {
	parameter, final := ' ' <= b && b < 0x40, 0x40 <= b && b < 0x7f
	switch s.within {
	case inGround:
		if b == escape {
			return afterEscape, false
		}
	case afterEscape:
		switch {
		case b == escape:
			return afterEscape, false
		case b == '[':
			return inControl, false
		case b == 'O':
			return inSingleShift, false
		case strings.IndexByte("]PX^_", b) >= 0:
			return inString, false
		}
		return inGround, true
	case inControl:
		if b == 'M' && bytes.HasSuffix(s.pending, []byte("\x1b[")) {
			return inMouse, false
		}
		if parameter {
			return inControl, false
		}
		return inGround, final
	case inSingleShift:
		if parameter {
			return inSingleShift, false
		}
		return inGround, final
	case inMouse:
		const whole = len("[M") + 3
		if parameter || final {
			return inMouse, len(bytes.TrimLeft(s.pending, "\x1b"))+1 == whole
		}
	case inString:
		switch {
		case b == escape:
			return inStringEscape, false
		case b >= ' ':
			return inString, false
		}
		return inGround, b == '\a'
	case inStringEscape:
		return inGround, b == '\\'
	}
	return inGround, false
}

// endSequence ends a sequence that is complete.
func (s *Scanner) endSequence(emit func(Token)) {
	all := s.pending
	s.within, s.pending = inGround, nil
	if before, is := bytes.CutSuffix(all, []byte(pasteStart)); is {
		s.emitEscapes(before, emit)
		s.Dropped += len(s.pasted) // of one that did not end
		s.pasting, s.pasted, s.cut = true, nil, false
		return
	}
	if before, is := bytes.CutSuffix(all, []byte(pasteEnd)); is && s.pasting {
		s.emitEscapes(before, emit)
		s.pasting = false
		emit(Token{Paste, s.pasted, s.cut})
		s.pasted = nil
		return
	}
	kind := Sequence
	if isKey(all) {
		kind = Key
	}
	s.emitToken(Token{Kind: kind, Bytes: all}, emit)
}

// emitEscapes gives escapes that came before a mark.
func (s *Scanner) emitEscapes(escapes []byte, emit func(Token)) {
	if len(escapes) > 0 {
		s.emitToken(Token{Kind: Key, Bytes: escapes}, emit)
	}
}

// emitBroken ends a sequence that is not complete: because it is too long, or because
// what comes does not belong to it.
func (s *Scanner) emitBroken(tooLong bool, emit func(Token)) {
	all := s.pending
	s.within, s.pending = inGround, nil
	if isKey(all) {
		s.emitToken(Token{Kind: Key, Bytes: all}, emit)
		return
	}
	s.emitToken(Token{Kind: BrokenSequence, Bytes: all, Cut: tooLong}, emit)
}

// isKey reports whether all are escapes, with at most one other character after them.
func isKey(all []byte) bool {
	return utf8.RuneCount(bytes.TrimLeft(all, "\x1b")) <= 1
}

// emitToken emits a token, or keeps it with what is pasted.
func (s *Scanner) emitToken(t Token, emit func(Token)) {
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
