package tty

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// A piece is input that comes after a pause.
type piece struct {
	after time.Duration
	text  string
}

// heard returns the messages that a Buffer and a Decoder make of pieces of input.
func heard(in []piece) (got []string) {
	b := NewBuffer(1000)
	go func() {
		for _, p := range in {
			time.Sleep(p.after)
			b.Write([]byte(p.text))
		}
		b.Close(io.EOF)
	}()
	var d Decoder
	for b.Wait(context.Background()) == nil {
		for _, token := range b.TakeTokens(64) {
			d.Decode(token, func(msg tea.Msg) { got = append(got, described(msg)) })
		}
	}
	return got
}

func described(msg tea.Msg) string {
	switch msg := msg.(type) {
	case uv.KeyPressEvent:
		return msg.String()
	case tea.PasteMsg:
		return fmt.Sprintf("paste %q", msg.Content)
	}
	return fmt.Sprintf("%T %v", msg, msg)
}

// TestKeys checks the message for each key.
func TestKeys(t *testing.T) {
	const while = 200 * time.Millisecond
	for name, test := range map[string]struct {
		in   []piece
		want []string
	}{
		"letters":                    {[]piece{{text: "aB 1"}}, []string{"a", "B", "space", "1"}},
		"control":                    {[]piece{{text: "\x03\r\t\x7f"}}, []string{"ctrl+c", "enter", "tab", "backspace"}},
		"arrows":                     {[]piece{{text: "\x1b[A\x1b[B\x1bOC\x1b[D"}}, []string{"up", "down", "right", "left"}},
		"function keys":              {[]piece{{text: "\x1bOP\x1b[15~\x1b[17~"}}, []string{"f1", "f5", "f6"}},
		"alt":                        {[]piece{{text: "\x1bx\x1b\x1b[A"}, {after: while, text: "\x1b["}, {after: while}}, []string{"alt+x", "alt+up", "alt+["}},
		"a letter in two":            {[]piece{{text: "\xc3"}, {text: "\xab"}, {text: "\xe2\x82"}, {after: while, text: "\xac"}}, []string{"ë", "€"}},
		"a letter of two characters": {[]piece{{text: "e\u0301\u00eb\u0323"}}, []string{"e", "\u0301", "\u00eb\u0323"}},
		"a sequence in pieces":       {[]piece{{text: "\x1b"}, {text: "["}, {text: "1;"}, {text: "5C"}}, []string{"ctrl+right"}},
		"escape":                     {[]piece{{text: "\x1b"}, {after: while, text: "[A"}, {after: while, text: "[A"}}, []string{"esc", "[", "A"}},
		"escape, and then no more":   {[]piece{{text: "\x1b"}}, []string{"esc"}},
		"a paste":                    {[]piece{{text: "a" + pasteStart + "12 34\n"}, {after: while, text: "\x1b[A\x1b[2"}, {after: while, text: "01~b"}}, []string{"a", `paste "12 34\n[A"`, "b"}},
		"half a key before a paste":  {[]piece{{text: "\x1b"}, {text: pasteStart + "x" + pasteEnd}}, []string{"esc", `paste "x"`}},
		"a click":                    {[]piece{{text: "\x1b[<0;3;4M"}}, []string{"uv.MouseClickEvent left"}},
		"a click in the old manner":  {[]piece{{text: "\x1b[M #$"}}, []string{"uv.MouseClickEvent left"}},
		"the size of a terminal":     {[]piece{{text: "\x1b[8;4000;4000t\x1b[48;4000;4000;1;1ta"}}, []string{"a"}},
		"reports":                    {[]piece{{text: "\x1b[?2026;2$y\x1b[?62c\x1b]11;rgb:0/0/0\x07\x1bP>|x\x1b\\a"}}, []string{"a"}},
		"what the decoder dies of":   {[]piece{{text: "\x9bMab"}}, []string{"M", "a", "b"}},
		"bytes that are no text":     {[]piece{{text: "a\xff\xfe\xc2\x9bb"}}, []string{"a", "b"}},
		"a sequence that goes wrong": {[]piece{{text: "\x1b[1\x01ab"}}, []string{"ctrl+a", "a", "b"}},
		"a sequence that never ends": {[]piece{{text: "\x1b[" + strings.Repeat("1;", 2000)}, {after: while, text: "q"}}, []string{"q"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := heard(test.in)
				if name == "a sequence that never ends" {
					got = got[len(got)-1:]
				}
				if !slices.Equal(got, test.want) {
					t.Errorf("heard %q, want %q", got, test.want)
				}
			})
		})
	}
}

// FuzzKeys tests that any input, in any pieces, is decoded completely, and that no text outside of
// sequences is lost.
func FuzzKeys(f *testing.F) {
	f.Add([]byte("a\x1b[A\x1b"), 1)
	f.Add([]byte("\x9bM\x00\x01"), 2)
	f.Add([]byte("\x1b[200~\x1b]0;\x1bP\x1b_\x1b[<1;2"), 3)
	f.Fuzz(func(t *testing.T, sent []byte, size int) {
		b := NewBuffer(1000)
		var d Decoder
		var text strings.Builder
		take := func() {
			for len(b.tokenKinds) > 0 {
				for _, token := range b.TakeTokens(64) {
					d.Decode(token, func(msg tea.Msg) { text.WriteString(textOf(msg)) })
				}
			}
		}
		for part := range slices.Chunk(sent, max(size%64, 1)) {
			b.Write(part)
			take()
		}
		b.Close(io.EOF)
		take()
		if want := printable(sent); !bytes.ContainsRune(sent, 0x1b) && strings.ReplaceAll(text.String(), " ", "") != want {
			t.Fatalf("%q came to %q, want %q", sent, text.String(), want)
		}
	})
}

func textOf(msg tea.Msg) string {
	if key, is := msg.(uv.KeyPressEvent); is {
		return key.Text
	}
	return ""
}

// printable returns the visible characters of text.
func printable(text []byte) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == ' ' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(text), ""))
}
