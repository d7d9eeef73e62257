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

// A Keyboard passes on the input of keys, of a mouse and of a clipboard to Bubble Tea. It filters out other input, which a
// visitor could paste, or enter with a barcode scanner:
//
//   - a paste that does not end, because it would swallow every later key, and reach the next visitor
//   - a paste that is longer than any field, and control characters in a paste
//   - reports of the terminal's size (CSI t), because the desk gets the size in another way
//   - escape sequences that do not end
//   - keys in the format of Windows (CSI _), which could hide any of these
//
// It passes on an incomplete sequence at once, because Bubble Tea determines by time whether an escape character was the Escape
// key.
type Keyboard struct {
	in          io.Reader
	clock       *clock.Clock
	onClose     func()    // onClose is called when no more input comes.
	ignoreUntil time.Time // ignoreUntil is the time before which all input is ignored.
	lastInput   time.Time // lastInput is the time of the last input.

	scanner     Scanner
	passedBytes int    // passedBytes is the number of bytes of the pending token that were already passed on.
	out         []byte // out has the safe bytes that Read has not returned yet.
}

const (
	maxPaste = 2 << 10 // maxPaste is the largest size of a paste that is passed on, in bytes.
	// readSize is the size of a read, in bytes. A read and a paste before it must fit in one read of Bubble Tea.
	readSize        = 1 << 10
	startIgnoreTime = time.Second / 5
	// incompleteTimeout is the time without input after which a token that has not ended is dropped.
	incompleteTimeout = time.Second
	harmlessFinalByte = 'z' // harmlessFinalByte is the last byte of a control sequence that no key sends.
)

// NewKeyboard returns a Keyboard that reads from in. It uses the clock to drop a paste that has stopped before its end.
func NewKeyboard(in io.Reader, clock *clock.Clock) *Keyboard {
	return &Keyboard{in: in, clock: clock, onClose: func() {}, scanner: Scanner{MaxPaste: maxPaste}}
}

// asFile returns the Keyboard as a file if it reads from a file, so that Bubble Tea can set up the terminal. Otherwise it
// returns the Keyboard itself.
func (k *Keyboard) asFile() io.Reader {
	if f, is := k.in.(*os.File); is {
		return keyboardFile{f, k}
	}
	return k
}

// A keyboardFile is a Keyboard that reads from a file. Its Read returns the input that is there and does not wait for more, so
// that Bubble Tea can stop reading.
type keyboardFile struct {
	*os.File
	keys *Keyboard
}

func (f keyboardFile) Read(p []byte) (int, error) { return f.keys.Read(p) }

// Read reads input, and returns the part that is safe to pass on, which may be empty.
func (k *Keyboard) Read(p []byte) (int, error) {
	var err error
	if len(k.out) == 0 {
		var read [readSize]byte
		var n int
		if n, err = k.in.Read(read[:]); err != nil {
			k.onClose()
		}
		k.dropIncompleteToken()
		if !k.lastInput.Before(k.ignoreUntil) {
			k.scan(read[:n])
		}
	}
	n := copy(p, k.out)
	k.out = k.out[n:]
	return n, err
}

// IgnoreEarlierInput makes the Keyboard ignore input that was sent before this call: it ignores everything that arrives in the
// next fifth of a second.
func (k *Keyboard) IgnoreEarlierInput() { k.ignoreUntil = k.clock.RealNow().Add(startIgnoreTime) }

// dropIncompleteToken drops a token that has not ended, if there was no input for incompleteTimeout.
func (k *Keyboard) dropIncompleteToken() {
	now := k.clock.RealNow()
	if now.Sub(k.lastInput) >= incompleteTimeout {
		k.scanner.DropPending()
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
	if pending := k.scanner.PendingSequence(); len(pending) > k.passedBytes {
		k.out = append(k.out, pending[k.passedBytes:]...)
		k.passedBytes = len(pending)
	}
}

// safeBytes returns the bytes of a token in a form that is safe for Bubble Tea. The result begins with the same bytes as the
// token, because they may already have been passed on.
func (k *Keyboard) safeBytes(t Token) []byte {
	switch {
	case t.Kind == PasteToken && t.IsTruncated && k.passedBytes == 0:
		return nil
	case t.Kind == PasteToken && t.IsTruncated:
		return withHarmlessFinal([]byte(pasteStart))
	case t.Kind == PasteToken:
		return slices.Concat([]byte(pasteStart), t.Bytes, []byte(pasteEnd))
	case t.Kind == SequenceToken && !isInputSequence(t.Bytes):
		return withHarmlessFinal(t.Bytes)
	// The sequence must end here, because Bubble Tea scans all of an incomplete sequence again at each byte.
	case t.Kind == BrokenSequenceToken && t.IsTruncated:
		return slices.Concat(t.Bytes, []byte(stringTerminator(t.Bytes)))
	}
	return t.Bytes
}

// withHarmlessFinal returns a control sequence with its last byte replaced by one that no key sends.
func withHarmlessFinal(sequence []byte) []byte {
	return append(bytes.Clone(sequence[:len(sequence)-1]), harmlessFinalByte)
}

// stringTerminator returns the bytes that end a sequence that is too long.
func stringTerminator(sequence []byte) string {
	if introducer := bytes.TrimLeft(sequence, "\x1b")[0]; introducer == '[' || introducer == 'O' {
		return string(harmlessFinalByte)
	}
	return "\x1b\\"
}

// isInputSequence reports whether a sequence can come from keys, a mouse or a clipboard.
func isInputSequence(sequence []byte) bool {
	code, control := strings.CutPrefix(strings.TrimLeft(string(sequence), "\x1b"), "[")
	if !control || strings.HasPrefix(code, "M") { // Sequences that begin with M are reports of a mouse.
		return true
	}
	return !strings.HasSuffix(code, "t") && !strings.HasSuffix(code, "_") && code != "201~"
}
