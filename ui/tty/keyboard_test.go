package tty

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"pgregory.net/rapid"

	"loket/flows/clock"
)

// TestKeyboard checks which input is passed on to Bubble Tea.
func TestKeyboard(t *testing.T) {
	long := strings.Repeat("x", maxPaste)
	const longestCode = MaxSequence - len("\x1b[")
	for sent, want := range map[string]string{
		"abc é € 👩\r\x1b\x03\x1a\x1c":                                              "abc é € 👩\r\x1b\x03\x1a\x1c",
		"\x1b[A\x1bOP\x1b[[A\x1b[15~\x1b[1;5C\x1b[<0;3;4M\x1b[97;5u\x1b[27;5;108~": "\x1b[A\x1bOP\x1b[[A\x1b[15~\x1b[1;5C\x1b[<0;3;4M\x1b[97;5u\x1b[27;5;108~",
		"a\x9bMxx\x90\xc2\x9bb\xff\xc3(":                                           "aMxxb(",

		"\x1b[8;1;1tt\x1b[48;999;999;0;0t":                  "\x1b[8;1;1zt\x1b[48;999;999;0;0z",
		"\x1b[17;29;3;1;8;1__":                              "\x1b[17;29;3;1;8;1z_",
		"\x1b[200~4816 2095\r\n7733\x1b[201~a":              "\x1b[200~4816 2095\r\n7733\x1b[201~a",
		"\x1b[200~a\x1b]52;c;\x07\x7f\x1b[8;1;1tb\x1b[201~": "\x1b[200~a]52;c;[8;1;1tb\x1b[201~",
		"a\x1b[200~b\x1b[200~c\x1b[201~d\x1b[201~":          "a\x1b[200~c\x1b[201~d\x1b[201z",
		"\x1b[200~" + long + "\x1b[201~a":                   "\x1b[200~" + long + "\x1b[201~a",
		"\x1b[200~" + long + "x\x1b[201~a":                  "a",
		"\x1b[" + strings.Repeat("1", longestCode+1) + "1":  "\x1b[" + strings.Repeat("1", longestCode) + "z11",
		"\x1bP" + strings.Repeat("a", longestCode+1) + "a":  "\x1bP" + strings.Repeat("a", longestCode) + "\x1b\\aa",
	} {
		got, err := io.ReadAll(NewKeyboard(strings.NewReader(sent), clock.New()))
		if err != nil || string(got) != want {
			t.Errorf("%q: got %q, %v; want %q", sent, got, err, want)
		}
	}
}

// TestKeyboardMidway tests that input that does not end has no effect on later input, and that its
// content is never shown.
func TestKeyboardMidway(t *testing.T) {
	for _, begun := range []string{"\x1b[200~secret", "\x1b[200~", "\x1b[20", "\x1b[8;1;", "\xe2\x82"} {
		synctest.Test(t, func(t *testing.T) {
			in, keys := io.Pipe()
			k := NewKeyboard(in, clock.New())
			read := func(sent string) string {
				go io.WriteString(keys, sent)
				var p [4096]byte
				n, err := k.Read(p[:])
				if err != nil {
					t.Fatal(err)
				}
				return string(p[:n])
			}
			if got := read(begun); strings.Contains(got, "secret") {
				t.Errorf("%q: got %q", begun, got)
			}
			time.Sleep(incompleteTimeout)
			if got := read("0~1t\x1b[201~"); got != "0~1t\x1b[201z" {
				t.Errorf("after %q: got %q", begun, got)
			}
		})
	}
}

// TestKeyboardGoesOn tests that a key after a pause is passed on, whatever came before the pause.
func TestKeyboardGoesOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(0, 0)
		sent := rapid.SliceOf(rapid.SampledFrom([]string{
			"a", "é", "\x1b", "\x1b[", "\x1b[[A", "\x1b[M", "\x1bP1;2", "\x1b]0;x", "\x1b^z", "\x9bMxx", "\x1b[8;1;1t", "\xe2\x82", pasteStart, pasteEnd, "\x1b[20",
		})).Draw(t, "sent")
		in, keys := strings.NewReader(""), ""
		k := NewKeyboard(in, clock.NewFromFuncs(func() time.Time { return now }, nil))
		read := func(sent string) string {
			var p [4096]byte
			in.Reset(sent)
			n, _ := k.Read(p[:])
			return string(p[:n])
		}
		for _, piece := range sent {
			keys += read(piece)
		}
		now = now.Add(incompleteTimeout)
		if got := read("\x0c"); got != "\x0c" {
			t.Errorf("after %q, which came to %q: %q", sent, keys, got)
		}
	})
}

// events returns the messages that Bubble Tea makes of input.
func events(t *testing.T, sent io.Reader) []uv.Event {
	t.Helper()
	all := make(chan uv.Event)
	go func() {
		defer close(all)
		if err := uv.NewTerminalReader(sent, "linux").StreamEvents(context.Background(), all); err != nil {
			t.Error(err)
		}
	}()
	return slices.Collect(func(yield func(uv.Event) bool) {
		for e := range all {
			yield(e)
		}
	})
}

// FuzzKeyboard tests that any input, in any pieces, is passed on completely, without a report of
// the terminal's size and without a paste that is too long.
func FuzzKeyboard(f *testing.F) {
	for _, sent := range []string{
		"\x9bMxx", "48-\x9bMh/\x8f", "\xe2\x9bMxx", "\x1b[M\x9b", "\x1b[8;3;4t", "\x1b[48;3;4;5;6t", "\x1b[0;0;27;1;0;1_\x1b[0;0;91;1;0;1_",
		"\x1b[200~a\x1b[201~b\x1b[20", "\x1bP1+r524742\x1b\\", "\x1b]11;9001\x1b\\", "\x1b]52;c;AAAA\x07", "\x1b[?2027;1$y", "\x1b_G\x1b\\", "\x1b\x1b\x1b[[A",
	} {
		f.Add([]byte(sent))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		for _, in := range []io.Reader{strings.NewReader(string(sent)), iotest.OneByteReader(strings.NewReader(string(sent)))} {
			for _, event := range events(t, NewKeyboard(in, clock.New())) {
				switch event := event.(type) {
				case uv.WindowSizeEvent, uv.PixelSizeEvent, uv.CellSizeEvent:
					t.Errorf("%q: %T", sent, event)
				case uv.PasteEvent:
					if len(event.Content) > maxPaste {
						t.Errorf("a paste of %d bytes", len(event.Content))
					}
				}
			}
		}
	})
}
