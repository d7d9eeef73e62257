package lines

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// TestLongLines checks that a line of any length is one answer, and that only the first part of it is kept.
func TestLongLines(t *testing.T) {
	long := strings.Repeat("x", 3*MaxLine)
	r := NewReader(strings.NewReader(long+"\r\nb\nc"), false)
	defer r.Close()
	for _, want := range []string{long[:MaxLine], "b", "c"} {
		r.RequestLine(false)
		a := <-r.RequestedLines()
		r.MarkLineTaken()
		if a.Err != nil || a.Line != want {
			t.Errorf("got %d bytes and %v, want %d", len(a.Line), a.Err, len(want))
		}
	}
	r.RequestLine(false)
	if a := <-r.RequestedLines(); !errors.Is(a.Err, io.EOF) {
		t.Errorf("at the end there is %q, %v", a.Line, a.Err)
	}
}

// A keyedTerminal is a terminal that sends one line.
type keyedTerminal struct {
	narrow
	io.Reader
	sendsSequences bool
}

func (k *keyedTerminal) SendsSequences() bool { return k.sendsSequences }

// TestSequencesStripped checks that a line has no sequences of keys if the terminal sends these, and that the Reader leaves a line alone
// from which the terminal has left them out itself.
func TestSequencesStripped(t *testing.T) {
	for sends, want := range map[bool]string{true: "Jan", false: "\x1b[AJan"} {
		r := NewReader(&keyedTerminal{Reader: strings.NewReader("\x1b[AJan\n"), sendsSequences: sends}, false)
		r.RequestLine(false)
		if got := <-r.RequestedLines(); got.Line != want || got.Err != nil {
			t.Errorf("sends sequences %t: %q, %v", sends, got.Line, got.Err)
		}
		r.Close()
	}
}
