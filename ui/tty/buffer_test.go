package tty

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// TestEscapeByTime checks how long an escape sequence may pause, because it comes in pieces over a slow network.
func TestEscapeByTime(t *testing.T) {
	for _, test := range []struct {
		first string
		pause time.Duration
		then  string
		want  []string
	}{
		{"\x1b", 10 * time.Millisecond, "[D", []string{"left"}},
		{"\x1b", 60 * time.Millisecond, "[D", []string{"left"}},
		{"\x1b", 110 * time.Millisecond, "OD", []string{"left"}},
		{"\x1b[", 110 * time.Millisecond, "1;5D", []string{"ctrl+left"}},
		{"\x1b", 130 * time.Millisecond, "[D", []string{"esc"}},
		{"\x1b", 900 * time.Millisecond, "[1;5Dx", []string{"esc", "x"}},
		{"\x1b", 300 * time.Millisecond, "OP", []string{"esc"}},
		{"\x1b", 300 * time.Millisecond, "O", []string{"esc", "O"}},
		{"\x1b", 300 * time.Millisecond, "1[D", []string{"esc", "1", "[", "D"}},
		{"\x1b", 1100 * time.Millisecond, "[D", []string{"esc", "[", "D"}},
		{"\x1b[", 130 * time.Millisecond, "D", []string{"left"}},
		{"\x1b[", 900 * time.Millisecond, "D", []string{"left"}},
		{"\x1b[", 1100 * time.Millisecond, "D", []string{"alt+[", "D"}},
		{"\x1b", 40 * time.Millisecond, "x", []string{"alt+x"}},
		{"\x1b", 60 * time.Millisecond, "x", []string{"esc", "x"}},
		{"\x1b", 60 * time.Millisecond, "\x1b", []string{"esc", "esc"}},
		{"\x1b\x1b", 60 * time.Millisecond, "[D", []string{"alt+left"}},
		{"\x1b[1;", 130 * time.Millisecond, "5D", []string{"ctrl+left"}},
		{"\x1b[1;", 1100 * time.Millisecond, "5D", []string{"5", "D"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			got := heard([]piece{{text: test.first}, {after: test.pause, text: test.then}})
			if !slices.Equal(got, test.want) {
				t.Errorf("%q, and %q after %v: heard %q, want %q", test.first, test.then, test.pause, got, test.want)
			}
		})
	}
}

// TestEscapeComes tests when an escape counts as the Escape key.
func TestEscapeComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBuffer(10)
		b.Write([]byte("\x1b"))
		began := time.Now()
		if err := b.Wait(t.Context()); err != nil || time.Since(began) != LoneEscapeTime {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		b.Write([]byte("\x1b"))
		b.Close(io.EOF)
		if all := b.TakeTokens(9); len(all) != 2 || inWords(all[0]) != "key \x1b" || inWords(all[1]) != "key \x1b" {
			t.Errorf("came to %v", all)
		}
		if err := b.Wait(t.Context()); err != io.EOF {
			t.Errorf("in the end: %v", err)
		}
	})
}

// TestTake checks how many tokens TakeTokens returns at once.
func TestTake(t *testing.T) {
	b := NewBuffer(5)
	b.Write([]byte("abéd\r\x1b[Ae" + pasteStart + "123456" + pasteEnd + pasteStart + pasteEnd + "f"))
	if b.WaitingBytes() != len("abéd\r\x1b[Ae12345f") || b.DroppedBytes() != 1 {
		t.Errorf("%d bytes wait, %d were dropped", b.WaitingBytes(), b.DroppedBytes())
	}
	for _, want := range [][]string{{"text abé"}, {"text d", "key \r", "sequence \x1b[A"}, {"text e"}, {"paste 12345"}, {"text f"}, nil} {
		var got []string
		for _, token := range b.TakeTokens(3) {
			got = append(got, inWords(token))
		}
		if !slices.Equal(got, want) {
			t.Errorf("took %q, want %q", got, want)
		}
	}
	b.Write([]byte("abc"))
	b.DiscardInput()
	if all := b.TakeTokens(1); b.WaitingBytes() != 0 || all != nil {
		t.Errorf("after forgetting: %d bytes, %v", b.WaitingBytes(), all)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("waits until %v", err)
	}
}
