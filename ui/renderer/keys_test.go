package renderer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// line is an Input that gives pieces, with a pause before some of them.
type line []piece

type piece struct {
	after  time.Duration
	text   string
	pasted bool
}

func (l *line) Next(ctx context.Context) ([]byte, bool, error) {
	if len(*l) == 0 {
		return nil, false, errors.New("there is no more")
	}
	p := (*l)[0]
	*l = (*l)[1:]
	select {
	case <-time.After(p.after):
		return []byte(p.text), p.pasted, nil
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
}

// heard gives what a program hears of what is typed.
func heard(t *testing.T, in line) (got []string) {
	t.Helper()
	read(t.Context(), &in, func(msg tea.Msg, _ bool) {
		switch msg := msg.(type) {
		case uv.KeyPressEvent:
			got = append(got, msg.String())
		case tea.PasteMsg:
			got = append(got, fmt.Sprintf("paste %q", msg.Content))
		default:
			got = append(got, fmt.Sprintf("%T %v", msg, msg))
		}
	})
	return got
}

// TestKeys holds what each way of pressing keys comes to.
func TestKeys(t *testing.T) {
	const while = 200 * time.Millisecond
	for name, test := range map[string]struct {
		in   line
		want []string
	}{
		"letters":                    {line{{text: "aB 1"}}, []string{"a", "B", "space", "1"}},
		"control":                    {line{{text: "\x03\r\t\x7f"}}, []string{"ctrl+c", "enter", "tab", "backspace"}},
		"arrows":                     {line{{text: "\x1b[A\x1b[B\x1bOC\x1b[D"}}, []string{"up", "down", "right", "left"}},
		"function keys":              {line{{text: "\x1bOP\x1b[15~\x1b[17~"}}, []string{"f1", "f5", "f6"}},
		"alt":                        {line{{text: "\x1bx"}}, []string{"alt+x"}},
		"a letter in two":            {line{{text: "\xc3"}, {text: "\xab"}, {text: "\xe2\x82"}, {text: "\xac"}}, []string{"ë", "€"}},
		"a sequence in pieces":       {line{{text: "\x1b"}, {text: "["}, {text: "1;"}, {text: "5C"}}, []string{"ctrl+right"}},
		"escape":                     {line{{text: "\x1b"}, {after: while, text: "[A"}}, []string{"esc", "[", "A"}},
		"escape, and then no more":   {line{{text: "\x1b"}}, []string{"esc"}},
		"a paste":                    {line{{text: "a"}, {text: "12 34\n\x1b[A", pasted: true}, {text: "b"}}, []string{"a", `paste "12 34\n\x1b[A"`, "b"}},
		"half a key before a paste":  {line{{text: "\x1b"}, {text: "x", pasted: true}}, []string{"esc", `paste "x"`}},
		"a click":                    {line{{text: "\x1b[<0;3;4M"}}, []string{"uv.MouseClickEvent left"}},
		"the size of a terminal":     {line{{text: "\x1b[8;4000;4000t\x1b[48;4000;4000;1;1ta"}}, []string{"a"}},
		"reports":                    {line{{text: "\x1b[?2026;2$y\x1b[?62c\x1b]11;rgb:0/0/0\x07\x1bP>|x\x1b\\a"}}, []string{"a"}},
		"what the decoder dies of":   {line{{text: "\x9bMab"}}, []string{"M", "a", "b"}},
		"bytes that are no text":     {line{{text: "a\xff\xfe\xc2\x9bb"}}, []string{"a", "b"}},
		"a sequence that never ends": {line{{text: "\x1b[" + strings.Repeat("1;", 2000)}, {after: while, text: "q"}}, []string{"q"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := heard(t, test.in)
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

// FuzzKeys holds that whatever a terminal sends, in whatever pieces, comes to an
// end, and that text in it that belongs to no sequence is not lost.
func FuzzKeys(f *testing.F) {
	f.Add([]byte("a\x1b[A\x1b"), 1)
	f.Add([]byte("\x9bM\x00\x01"), 2)
	f.Add([]byte("\x1b[200~\x1b]0;\x1bP\x1b_\x1b[<1;2"), 3)
	f.Fuzz(func(t *testing.T, sent []byte, size int) {
		var k keys
		var text strings.Builder
		for part := range slices.Chunk(sent, max(size%64, 1)) {
			k.take(part)
			k.decode(false, func(msg tea.Msg) { text.WriteString(textOf(msg)) })
			if len(k.waiting) > longestSequence {
				t.Fatalf("%d bytes wait", len(k.waiting))
			}
		}
		k.decode(true, func(msg tea.Msg) { text.WriteString(textOf(msg)) })
		if len(k.waiting) > 0 {
			t.Fatalf("%q waits for ever", k.waiting)
		}
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

// printable is what of text is to be seen.
func printable(text []byte) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == ' ' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(text), ""))
}
