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
