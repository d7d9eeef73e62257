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

// A Keyboard passes on what keys, a mouse and a clipboard send. It keeps other input from Bubble Tea,
// which a visitor could paste, or enter with a barcode scanner:
//
//   - a paste that does not end: it would swallow every key after it, and reach the next
//     visitor; a paste that is longer than any field; and control characters in a paste
//   - reports of the terminal's size (CSI t), which the desk gets in another way
//   - escape sequences that do not end
//   - keys in the form of Windows (CSI _), in which any of these could hide
//
// It passes on an incomplete sequence at once, because Bubble Tea tells by time whether an escape was
// the Escape key.
type Keyboard struct {
	in          io.Reader
	clock       *clock.Clock
	onClose     func()    // called when no more input comes
	ignoreUntil time.Time // all input before this time is ignored
	lastInput   time.Time // of the last input

	scanner     Scanner
	passedBytes int    // how many bytes of the pending token were passed on already
	out         []byte // to pass on
}

const (
	maxPaste          = 2 << 10 // bytes
	readSize          = 1 << 10 // bytes: together with a paste before it, it fits one read of Bubble Tea
	startIgnoreTime   = time.Second / 5
	incompleteTimeout = time.Second // after so long without input, a token that has not ended is dropped
	harmlessFinal     = 'z'         // the last byte of a control sequence that no key sends
)

// NewKeyboard returns a Keyboard that reads from in. It needs the clock to drop a paste that stopped
// midway.
func NewKeyboard(in io.Reader, clock *clock.Clock) *Keyboard {
	return &Keyboard{in: in, clock: clock, onClose: func() {}, scanner: Scanner{MaxPaste: maxPaste}}
}

// asFile returns the Keyboard. If it reads a file, it returns it as a file, so that Bubble Tea can
// set up the terminal.
func (k *Keyboard) asFile() io.Reader {
	if f, is := k.in.(*os.File); is {
		return keyboardFile{f, k}
	}
	return k
}

// keyboardFile is a Keyboard on a file. A Read returns all input that is there and does not wait for
// more, so that Bubble Tea can stop reading.
type keyboardFile struct {
	*os.File
	keys *Keyboard
}

func (f keyboardFile) Read(p []byte) (int, error) { return f.keys.Read(p) }

// Read reads input, and returns the part that may be passed on, which can be empty.
func (k *Keyboard) Read(p []byte) (int, error) {
	var err error
	if len(k.out) == 0 {
		var read [readSize]byte
		var n int
		if n, err = k.in.Read(read[:]); err != nil {
			k.onClose()
		}
		k.forgetIncomplete()
		if !k.lastInput.Before(k.ignoreUntil) {
			k.scan(read[:n])
		}
	}
	n := copy(p, k.out)
	k.out = k.out[n:]
	return n, err
}

// IgnoreEarlierInput ignores input from before this call: all that comes in the next fifth of a second.
func (k *Keyboard) IgnoreEarlierInput() { k.ignoreUntil = k.clock.RealNow().Add(startIgnoreTime) }

// forgetIncomplete drops a token that has not ended after incompleteTimeout without input.
func (k *Keyboard) forgetIncomplete() {
	now := k.clock.RealNow()
	if now.Sub(k.lastInput) >= incompleteTimeout {
		k.scanner.Reset()
		k.passedBytes = 0
	}
	k.lastInput = now
}

func (k *Keyboard) scan(sent []byte) {
	k.scanner.Scan(sent, func(t Token) {
		form := k.safeBytes(t)
		passed := min(k.passedBytes, len(form))
		k.out = append(k.out, form[passed:]...)
		k.passedBytes -= passed
	})
	if pending := k.scanner.Pending(); len(pending) > k.passedBytes {
		k.out = append(k.out, pending[k.passedBytes:]...)
		k.passedBytes = len(pending)
	}
}

// safeBytes returns the bytes of a token in a form that is safe for Bubble Tea. It begins like the
// token, because its beginning may have been passed on already.
func (k *Keyboard) safeBytes(t Token) []byte {
	switch {
	case t.Kind == Paste && t.IsTruncated && k.passedBytes == 0:
		return nil
	case t.Kind == Paste && t.IsTruncated:
		return withHarmlessFinal([]byte(pasteStart))
	case t.Kind == Paste:
		return slices.Concat([]byte(pasteStart), t.Bytes, []byte(pasteEnd))
	case t.Kind == Sequence && !isInputSequence(t.Bytes):
		return withHarmlessFinal(t.Bytes)
	case t.Kind == BrokenSequence && t.IsTruncated: // ended, because Bubble Tea scans all of it again at each byte
		return slices.Concat(t.Bytes, []byte(stringTerminator(t.Bytes)))
	}
	return t.Bytes
}

// withHarmlessFinal returns a control sequence with a last byte that no key sends.
func withHarmlessFinal(sequence []byte) []byte {
	return append(bytes.Clone(sequence[:len(sequence)-1]), harmlessFinal)
}

// stringTerminator returns the bytes that end a sequence that is too long.
func stringTerminator(sequence []byte) string {
	if introducer := bytes.TrimLeft(sequence, "\x1b")[0]; introducer == '[' || introducer == 'O' {
		return string(harmlessFinal)
	}
	return "\x1b\\"
}

// isInputSequence reports whether keys, a mouse or a clipboard may have sent a sequence.
func isInputSequence(sequence []byte) bool {
	code, control := strings.CutPrefix(strings.TrimLeft(string(sequence), "\x1b"), "[")
	if !control || strings.HasPrefix(code, "M") { // the report of a mouse
		return true
	}
	return !strings.HasSuffix(code, "t") && !strings.HasSuffix(code, "_") && code != "201~"
}
