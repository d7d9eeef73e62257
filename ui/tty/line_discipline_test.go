package tty

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"
)

// A typist is an Input that returns one piece of input at each call.
type typist struct{ pieces []string }

func (t *typist) Next(context.Context) (all []Token, err error) {
	if len(t.pieces) == 0 {
		return nil, io.EOF
	}
	b := NewBuffer(1000)
	b.Write([]byte(t.pieces[0]))
	b.Close(nil)
	t.pieces = t.pieces[1:]
	return b.TakeTokens(maxLineBytes * 2), nil
}

func (t *typist) DiscardInput() {}

// TestLineDiscipline checks the lines that result from typed input, and the echo.
func TestLineDiscipline(t *testing.T) {
	long := strings.Repeat("x", maxLineBytes-1)
	for typed, want := range map[string]struct{ lines, shown string }{
		"ab\r":                             {"ab\n", "ab\n"},
		"a\nb\rc":                          {"a\nb\n", "a\nb\nc"},
		"aé\x7f\b\x7fb\r":                  {"b\n", "aé\b \b\b \bb\n"},
		"aé\x15b\r":                        {"b\n", "aé\b \b\b \bb\n"},
		"a\x1b[D\x1bOA\x1bxb\x1b[1;\tc\r":  {"abc\n", "abc\n"},
		"\x1b]0;x\x07a\r":                  {"a\n", "a\n"},
		"a\x1b[[Abc\x1b[[E\r":              {"abc\n", "abc\n"},
		pasteStart + "1\r2\x03" + pasteEnd: {"1\n", "1\n2"},
		"a\x03b\r":                         {"", "a"},
		"a\r\x04b\r":                       {"a\n", "a\n"},
		"a\x04b\r":                         {"ab\n", "ab\n"},
		"a\xff\xc2\x9bb\r":                 {"ab\n", "ab\n"},
		long + "é" + "yz\r":                {long + "y\n", long + "y\n"},
		strings.Repeat("é", maxLineBytes) + "\r": {strings.Repeat("é", maxLineBytes/2) + "\n", strings.Repeat("é", maxLineBytes/2) + "\n"},
	} {
		var shown strings.Builder
		l := NewLineDiscipline(t.Context(), &typist{[]string{typed}}, &shown, nil)
		lines, err := io.ReadAll(l)
		if string(lines) != want.lines || shown.String() != want.shown || err != nil {
			t.Errorf("%q: lines %q, %v; shown %q, want %q", typed, lines, err, shown.String(), want)
		}
	}
}

// TestLineDisciplineWalkIn checks that at a terminal of walk-in customers no key ends the input.
func TestLineDisciplineWalkIn(t *testing.T) {
	var shown strings.Builder
	l := NewLineDiscipline(t.Context(), &typist{[]string{"\x03\x04a\x03b\r", "\x04", "c\r"}}, &shown, nil)
	l.IsWalkIn = true
	if typed, err := io.ReadAll(l); string(typed) != "ab\nc\n" || err != nil {
		t.Errorf("lines %q, %v", typed, err)
	}
}

// TestStripSequences checks that keys such as the arrows are no part of a line.
func TestStripSequences(t *testing.T) {
	for line, want := range map[string]string{
		"": "", "Jan": "Jan", "\x1b[AJan\x1b[D x\x1bOC": "Jan x", "é\x1b[24~€": "é€", "a\x1b": "a", "a\x1b[": "a", "\x1bxb": "b", "a\x1b[[Abc\x1b[[Eé": "abcé", "\x1b[[": "",
	} {
		if got := StripSequences(line); got != want {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
}

// TestLineDisciplineHides tests that a secret is not echoed, and that discarded input is gone, in
// complete lines and in parts of one.
func TestLineDisciplineHides(t *testing.T) {
	var shown strings.Builder
	l := NewLineDiscipline(t.Context(), &typist{[]string{"secret\r", "a\rb\rc", "d\r"}}, &shown, nil)
	l.SetEcho(false)
	lines := bufio.NewReaderSize(l, 16)
	if line, err := lines.ReadString('\n'); line != "secret\n" || err != nil {
		t.Errorf("read %q, %v", line, err)
	}
	l.SetEcho(true)
	var first [2]byte
	if n, err := l.Read(first[:]); string(first[:n]) != "a\n" || err != nil {
		t.Errorf("read %q, %v", first[:n], err)
	}
	l.DiscardInput()
	if rest, err := io.ReadAll(l); string(rest) != "d\n" || err != nil {
		t.Errorf("after forgetting: read %q, %v", rest, err)
	}
	if shown.String() != "a\nb\ncd\n" {
		t.Errorf("shown is %q", shown.String())
	}
}
