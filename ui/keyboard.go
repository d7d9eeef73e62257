package ui

import (
	"io"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"loket/flows/clock"
)

// newKeyboard passes on what keys, a mouse and a clipboard send, and keeps from
// Bubble Tea what they do not, but what somebody can paste, or have a scanner type:
//
//   - bytes that are no UTF-8, and the control characters from 80 to 9F: of 9B 4D
//     and two more bytes, the program would die
//   - a paste that does not end, which would take every key that is pressed from
//     then on, and come to the next visitor in the end; one that is longer than
//     anything that can be filled in; and what drives a terminal in one
//   - sizes of the terminal (CSI t), which come from elsewhere
//   - escape sequences that do not end
//   - keys in the manner of Windows (CSI _), in which all of that could hide
//
// The clock tells when a paste stopped midway.
func newKeyboard(in io.Reader, clock *clock.Clock) *keyboard {
	return &keyboard{in: in, clock: clock, gone: func() {}}
}

// asFile gives what is a file as one, so that a terminal can be set up through it.
func (k *keyboard) asFile() io.Reader {
	if f, is := k.in.(*os.File); is {
		return keyboardFile{f, k}
	}
	return k
}

// keyboardFile is a keyboard on a file. For Bubble Tea to be able to stop reading
// it, it reads no further than what is there, and gives it all at once.
type keyboardFile struct {
	*os.File
	keys *keyboard
}

func (f keyboardFile) Read(p []byte) (int, error) { return f.keys.Read(p) }

type keyboard struct {
	in    io.Reader
	clock *clock.Clock
	gone  func()    // called when nothing more comes
	deaf  time.Time // until then, everything is ignored
	last  time.Time // something came

	rune   []byte // the beginning of one
	within part
	code   []byte // of the escape sequence so far, without what introduces it
	out    []byte // to be passed on

	pasting bool
	pasted  []byte
	tooLong bool
}

// part is where in an escape sequence the next byte stands (ECMA-48, 5.4).
type part int

const (
	ground    part = iota
	escaped        // after ESC
	sequenced      // in a control sequence, after ESC [
	stringed       // in a control string, after ESC P and its like
)

const (
	longestPaste = 2 << 10 // bytes
	longestCode  = 256     // bytes of an escape sequence
	readAtOnce   = 1 << 10 // with a paste before it, this fits what Bubble Tea reads at once
	deafness     = time.Second / 5
	midway       = time.Second // without anything that comes, something that has not ended will not
)

const (
	esc        = 0x1b
	noKey      = 'z' // ends a control sequence that no key sends
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// Read gives what was passed on of what is there, which can be nothing.
func (k *keyboard) Read(p []byte) (int, error) {
	var err error
	if len(k.out) == 0 {
		var read [readAtOnce]byte
		var n int
		if n, err = k.in.Read(read[:]); err != nil {
			k.gone()
		}
		k.forgetMidway()
		if !k.last.Before(k.deaf) {
			k.take(read[:n])
		}
	}
	n := copy(p, k.out)
	k.out = k.out[n:]
	return n, err
}

// ignoreWaiting ignores what was typed before somebody reads it.
func (k *keyboard) ignoreWaiting() { k.deaf = k.clock.Unmoved().Add(deafness) }

// forgetMidway forgets what had begun, if nothing came for a while.
func (k *keyboard) forgetMidway() {
	now := k.clock.Unmoved()
	if now.Sub(k.last) >= midway {
		k.rune, k.within, k.code = nil, ground, nil
		k.pasting, k.pasted = false, nil
	}
	k.last = now
}

// take passes runes on.
func (k *keyboard) take(bytes []byte) {
	k.rune = append(k.rune, bytes...)
	for utf8.FullRune(k.rune) {
		r, size := utf8.DecodeRune(k.rune)
		if broken := r == utf8.RuneError && size == 1; !broken && (r < 0x80 || r > 0x9f) {
			k.pass(k.rune[:size])
		}
		k.rune = k.rune[size:]
	}
}

// pass passes a rune on, and follows what escape sequence it belongs to.
func (k *keyboard) pass(r []byte) {
	b := r[0]
	switch {
	case b == esc:
		k.within = escaped
	case k.within == escaped && b == '[':
		k.within, k.code = sequenced, k.code[:0]
	case k.within == escaped && strings.IndexByte("]PX^_", b) >= 0:
		k.within, k.code = stringed, k.code[:0]
	case k.within == sequenced && 0x40 <= b && b < 0x7f:
		k.within = ground
		k.end(b)
		return
	case k.within == sequenced && 0x20 <= b && b < 0x40, k.within == stringed && b >= ' ':
		k.follow(r)
	default:
		k.within = ground
	}
	k.give(r)
}

// follow notes what belongs to a sequence. One that is too long is ended: Bubble
// Tea looks at all of it again with each byte.
func (k *keyboard) follow(r []byte) {
	if k.code = append(k.code, r...); len(k.code) <= longestCode {
		return
	}
	if k.within == sequenced {
		k.give([]byte{noKey})
	} else {
		k.give([]byte("\x1b\\"))
	}
	k.within = ground
}

// end ends a control sequence.
func (k *keyboard) end(final byte) {
	switch {
	case final == '~' && string(k.code) == "200":
		k.begin()
	case final == '~' && string(k.code) == "201" && k.pasting:
		k.finish()
	case final == 't', final == '_', final == '~' && string(k.code) == "201":
		k.give([]byte{noKey})
	default:
		k.give([]byte{final})
	}
}

// begin begins to keep a paste. What of its mark has not left yet, does not.
func (k *keyboard) begin() {
	if !k.pasting {
		k.out = k.out[:max(len(k.out)-len("\x1b[200"), 0)]
	}
	k.pasting, k.pasted, k.tooLong = true, nil, false
}

// finish passes a whole paste on.
func (k *keyboard) finish() {
	if !k.tooLong {
		text := k.pasted[:len(k.pasted)-len("[201")]
		k.out = slices.Concat(k.out, []byte(pasteStart), text, []byte(pasteEnd))
	}
	k.pasting, k.pasted = false, nil
}

// give passes on what is not pasted, and keeps what is.
func (k *keyboard) give(r []byte) {
	switch {
	case !k.pasting:
		k.out = append(k.out, r...)
	case r[0] < ' ' && !strings.Contains("\t\r\n", string(r)), r[0] == 0x7f: // what drives a terminal
	case len(k.pasted)+len(r) > longestPaste:
		k.tooLong = true
	default:
		k.pasted = append(k.pasted, r...)
	}
}
