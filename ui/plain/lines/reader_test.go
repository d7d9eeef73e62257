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
	r := NewReader(strings.NewReader(long + "\r\nb\nc"))
	defer r.Close()
	for _, want := range []string{long[:MaxLine], "b", "c"} {
		r.Ask(false)
		a := <-r.Answers()
		r.MarkTaken()
		if a.Err != nil || a.Line != want {
			t.Errorf("got %d bytes and %v, want %d", len(a.Line), a.Err, len(want))
		}
	}
	r.Ask(false)
	if a := <-r.Answers(); !errors.Is(a.Err, io.EOF) {
		t.Errorf("at the end there is %q, %v", a.Line, a.Err)
	}
}
