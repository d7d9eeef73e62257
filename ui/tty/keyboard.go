package tty

import (
	"bytes"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"loket/flows/clock"
)

// A Keyboard passes on what keys, a mouse and a clipboard send, and keeps from
// Bubble Tea what they do not send, but what somebody can paste, or have a scanner type:
//
//   - a paste that does not end, which would take every key that is pressed from
//     then on, and come to the next visitor in the end; one that is longer than
//     anything that can be filled in; and what drives a terminal in one
//   - sizes of the terminal (CSI t), which come from elsewhere
//   - escape sequences that do not end
//   - keys in the manner of Windows (CSI _), in which all of that could hide
//
// What may still become a key is passed on as it comes: Bubble Tea tells by time
// whether an escape was the Escape key.
type Keyboard struct {
	in    io.Reader
	clock *clock.Clock
	gone  func()    // called when nothing more comes
	deaf  time.Time // until then, everything is ignored
	last  time.Time // something came

	scanner Scanner
	early   int    // bytes of what is pending that were passed on
	out     []byte // to be passed on
}

const (
	maxPaste          = 2 << 10 // bytes
	readSize          = 1 << 10 // bytes: with a paste before it, this fits what Bubble Tea reads at once
	ignoreTime        = time.Second / 5
	incompleteTimeout = time.Second // without anything that comes, something that has not ended will not
	harmlessFinal     = 'z'         // ends a control sequence that no key sends
)

// NewKeyboard returns a Keyboard that reads from in. The clock tells when a paste
// stopped midway.
func NewKeyboard(in io.Reader, clock *clock.Clock) *Keyboard {
	return &Keyboard{in: in, clock: clock, gone: func() {}, scanner: Scanner{MaxPaste: maxPaste}}
}

// asFile returns a Keyboard on a file as a file, so that a terminal can be set up through it.
func (k *Keyboard) asFile() io.Reader {
	if f, is := k.in.(*os.File); is {
		return keyboardFile{f, k}
	}
	return k
}

// keyboardFile is a Keyboard on a file. For Bubble Tea to be able to stop reading
// it, it reads no further than what is there, and returns it all at once.
type keyboardFile struct {
	*os.File
	keys *Keyboard
}

func (f keyboardFile) Read(p []byte) (int, error) { return f.keys.Read(p) }

// Read returns what may be passed on of what is there, which can be nothing.
func (k *Keyboard) Read(p []byte) (int, error) {
	var err error
	if len(k.out) == 0 {
		var read [readSize]byte
		var n int
		if n, err = k.in.Read(read[:]); err != nil {
			k.gone()
		}
		k.forgetIncomplete()
		if !k.last.Before(k.deaf) {
			k.scan(read[:n])
		}
	}
	n := copy(p, k.out)
	k.out = k.out[n:]
	return n, err
}

// IgnoreWaiting ignores what was typed before the Keyboard is read.
func (k *Keyboard) IgnoreWaiting() { k.deaf = k.clock.RealNow().Add(ignoreTime) }

// forgetIncomplete forgets what had begun, if nothing came for a while.
func (k *Keyboard) forgetIncomplete() {
	now := k.clock.RealNow()
	if now.Sub(k.last) >= incompleteTimeout {
		k.scanner.Reset()
		k.early = 0
	}
	k.last = now
}

func (k *Keyboard) scan(sent []byte) {
	k.scanner.Scan(sent, func(t Token) {
		form := k.safeForm(t)
		passed := min(k.early, len(form))
		k.out = append(k.out, form[passed:]...)
		k.early -= passed
	})
	if pending := k.scanner.Pending(); len(pending) > k.early {
		k.out = append(k.out, pending[k.early:]...)
		k.early = len(pending)
	}
}

// safeForm returns a token as Bubble Tea may see it. It begins like the token, since the
// beginning may have been passed on.
func (k *Keyboard) safeForm(t Token) []byte {
	switch {
	case t.Kind == Paste && t.Cut && k.early == 0:
		return nil
	case t.Kind == Paste && t.Cut:
		return withHarmlessFinal([]byte(pasteStart))
	case t.Kind == Paste:
		return slices.Concat([]byte(pasteStart), t.Bytes, []byte(pasteEnd))
	case t.Kind == Sequence && !isInputSequence(t.Bytes):
		return withHarmlessFinal(t.Bytes)
	case t.Kind == BrokenSequence && t.Cut: // each byte more has Bubble Tea look at all of them again
		return slices.Concat(t.Bytes, []byte(stringTerminator(t.Bytes)))
	}
	return t.Bytes
}

// withHarmlessFinal returns a control sequence with an end that no key has.
func withHarmlessFinal(sequence []byte) []byte {
	return append(bytes.Clone(sequence[:len(sequence)-1]), harmlessFinal)
}

// stringTerminator returns what ends a sequence in which anything may come.
func stringTerminator(sequence []byte) string {
	if introducer := bytes.TrimLeft(sequence, "\x1b")[0]; introducer == '[' || introducer == 'O' {
		return string(harmlessFinal)
	}
	return "\x1b\\"
}

// isInputSequence reports whether keys, a mouse or a clipboard may have sent a sequence.
func isInputSequence(sequence []byte) bool {
	code, control := strings.CutPrefix(strings.TrimLeft(string(sequence), "\x1b"), "[")
	if !control || strings.HasPrefix(code, "M") { // which a mouse has sent
		return true
	}
	return !strings.HasSuffix(code, "t") && !strings.HasSuffix(code, "_") && code != "201~"
}
