package tty

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A Token is the smallest meaningful piece of a terminal's input.
type Token struct {
	Kind        TokenKind
	Bytes       []byte // Bytes are the bytes that the terminal sent; a paste is without its markers and control characters.
	IsTruncated bool   // IsTruncated reports whether a paste or a sequence was too long, so that its end is missing.
}

// TokenKind is the kind of a Token.
type TokenKind byte

const (
	TextToken           TokenKind = iota + 1 // TextToken is a visible character.
	KeyToken                                 // KeyToken is a control character, an escape with one other character, or the Escape key.
	SequenceToken                            // SequenceToken is a complete escape sequence.
	BrokenSequenceToken                      // BrokenSequenceToken is the beginning of an escape sequence without its end.
	PasteToken                               // PasteToken is text from the clipboard, which the terminal marks as such (bracketed paste, mode 2004).
)

// A typedFilter leaves out of the input of a terminal what keys send that type no character, such as the arrows.
type typedFilter struct {
	isConsoleKey bool // isConsoleKey is true after the beginning of what F1 to F5 send on a Linux console: ESC [ [ and a letter.
}

// typedBytes returns the bytes of a token that type characters or are control characters.
func (f *typedFilter) typedBytes(t Token) []byte {
	switch {
	case t.Kind == SequenceToken || t.Kind == BrokenSequenceToken || t.Kind == KeyToken && t.Bytes[0] == escape:
		f.isConsoleKey = string(t.Bytes) == "\x1b[["
		return nil
	case f.isConsoleKey && t.Kind == TextToken:
		f.isConsoleKey = false
		return t.Bytes[1:]
	}
	f.isConsoleKey = false
	return t.Bytes
}

// StripSequences returns a line without the sequences of keys that type no character, such as the arrows.
func StripSequences(line string) string {
	var typed strings.Builder
	var f typedFilter
	s := Scanner{MaxPaste: len(line)}
	keep := func(t Token) { typed.Write(f.typedBytes(t)) }
	s.Scan([]byte(line), keep)
	s.FlushPending(keep)
	return typed.String()
}

// MaxSequence is the largest number of bytes in an escape sequence. If a sequence is longer, its beginning is a BrokenSequenceToken
// and the rest is Text.
const MaxSequence = 256

const (
	escape     = 0x1b
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// A Scanner splits the bytes that a terminal sends into tokens, however the bytes are divided into reads. It drops invalid
// UTF-8, and the control characters 80 to 9F (hexadecimal), because Bubble Tea's decoder panics at 9B 4D and two more bytes.
type Scanner struct {
	MaxPaste     int // MaxPaste is the largest number of bytes in a paste.
	DroppedBytes int // DroppedBytes is the number of bytes of pastes that were dropped so far.

	rune    []byte // rune has the first bytes of a character that is not complete.
	state   scanState
	pending []byte // pending has the first bytes of an escape sequence that is not complete.

	isPasting        bool
	pasteBytes       []byte
	isPasteTruncated bool
}

// scanState is the position of the next byte in an escape sequence (ECMA-48 §5.4).
type scanState int

const (
	inGround       scanState = iota // inGround is the state outside a sequence.
	afterEscape                     // afterEscape is the state after ESC.
	inControl                       // inControl is the state in a control sequence, which begins with ESC [.
	inSingleShift                   // inSingleShift is the state after ESC O.
	inMouse                         // inMouse is the state in a mouse report: ESC [ M and three bytes, for a button, a column and a row.
	inString                        // inString is the state in a control string, which begins with ESC and one of "]PX^_".
	inStringEscape                  // inStringEscape is the state after an ESC in a control string.
)

// Scan calls emit for each token that ends in sent, in order. emit may keep the bytes of the token.
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

// PendingSequence returns the beginning of an escape sequence that has not ended, or nil. Within a paste it returns nil.
func (s *Scanner) PendingSequence() []byte {
	if s.isPasting {
		return nil
	}
	return s.pending
}

// FlushPending emits a pending escape sequence as it is, because no more of it will come.
func (s *Scanner) FlushPending(emit func(Token)) {
	if !s.isPasting && s.state != inGround {
		s.emitBroken(false, emit)
	}
}

// DropPending drops a pending escape sequence or paste.
func (s *Scanner) DropPending() { *s = Scanner{MaxPaste: s.MaxPaste, DroppedBytes: s.DroppedBytes} }

// takeRune handles one character.
func (s *Scanner) takeRune(r []byte, emit func(Token)) {
	if s.state != inGround && s.state != inStringEscape && len(s.pending)+len(r) > MaxSequence {
		s.emitBroken(true, emit)
	}
	switch next, ends := s.nextState(r[0]); {
	case s.state == inGround && next == inGround:
		kind := TextToken
		if r[0] < ' ' || r[0] == 0x7f {
			kind = KeyToken
		}
		s.emitToken(Token{Kind: kind, Bytes: r}, emit)
	case s.state == inStringEscape && !ends:
		s.pending = s.pending[:len(s.pending)-1]
		s.emitBroken(false, emit)
		s.state, s.pending = afterEscape, []byte{escape}
		s.takeRune(r, emit)
	case next == inGround && !ends:
		s.emitBroken(false, emit)
		s.takeRune(r, emit)
	default:
		s.pending = append(s.pending, r...)
		if s.state = next; ends {
			s.endSequence(emit)
		}
	}
}

// nextState returns the state after a character that begins with the byte b, and whether that character ends the sequence. If
// b does not belong to the sequence, next is inGround and ends is false.
func (s *Scanner) nextState(b byte) (next scanState, ends bool) {
	parameter, final := ' ' <= b && b < 0x40, 0x40 <= b && b < 0x7f
	switch s.state {
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

// endSequence handles a complete escape sequence.
func (s *Scanner) endSequence(emit func(Token)) {
	all := s.pending
	s.state, s.pending = inGround, nil
	if before, is := bytes.CutSuffix(all, []byte(pasteStart)); is {
		s.emitEscapes(before, emit)
		s.DroppedBytes += len(s.pasteBytes) // A paste that did not end before the next one began is dropped.
		s.isPasting, s.pasteBytes, s.isPasteTruncated = true, nil, false
		return
	}
	if before, is := bytes.CutSuffix(all, []byte(pasteEnd)); is && s.isPasting {
		s.emitEscapes(before, emit)
		s.isPasting = false
		emit(Token{PasteToken, s.pasteBytes, s.isPasteTruncated})
		s.pasteBytes = nil
		return
	}
	kind := SequenceToken
	if isKeySequence(all) {
		kind = KeyToken
	}
	s.emitToken(Token{Kind: kind, Bytes: all}, emit)
}

// emitEscapes emits the escape characters that came just before the marker of a paste.
func (s *Scanner) emitEscapes(escapes []byte, emit func(Token)) {
	if len(escapes) > 0 {
		s.emitToken(Token{Kind: KeyToken, Bytes: escapes}, emit)
	}
}

// emitBroken emits an incomplete sequence, which is too long or is followed by a character that does not belong to it.
func (s *Scanner) emitBroken(tooLong bool, emit func(Token)) {
	all := s.pending
	s.state, s.pending = inGround, nil
	if isKeySequence(all) {
		s.emitToken(Token{Kind: KeyToken, Bytes: all}, emit)
		return
	}
	s.emitToken(Token{Kind: BrokenSequenceToken, Bytes: all, IsTruncated: tooLong}, emit)
}

// isKeySequence reports whether a sequence consists of escapes, with at most one other character after them.
func isKeySequence(all []byte) bool {
	return utf8.RuneCount(bytes.TrimLeft(all, "\x1b")) <= 1
}

// emitToken emits a token. Within a paste it adds the token to the paste instead.
func (s *Scanner) emitToken(t Token, emit func(Token)) {
	if !s.isPasting {
		emit(t)
		return
	}
	for len(t.Bytes) > 0 {
		r, size := utf8.DecodeRune(t.Bytes)
		switch {
		case r < ' ' && !strings.ContainsRune("\t\r\n", r), r == 0x7f: // Control characters in a paste are dropped.
		case s.isPasteTruncated || len(s.pasteBytes)+size > s.MaxPaste:
			s.isPasteTruncated = true
			s.DroppedBytes += size
		default:
			s.pasteBytes = append(s.pasteBytes, t.Bytes[:size]...)
		}
		t.Bytes = t.Bytes[size:]
	}
}
