package tty

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// scanned returns descriptions of the tokens of input that is sent in parts and flushed at the end.
func scanned(most int, parts ...string) (all []string) {
	s := &Scanner{MaxPaste: most}
	emit := func(t Token) {
		if last := len(all) - 1; t.Kind == TextToken && last >= 0 && strings.HasPrefix(all[last], "text ") {
			all[last] += string(t.Bytes)
			return
		}
		all = append(all, inWords(t))
	}
	for _, part := range parts {
		s.Scan([]byte(part), emit)
	}
	s.FlushPending(emit)
	return all
}

func inWords(t Token) string {
	names := map[TokenKind]string{TextToken: "text", KeyToken: "key", SequenceToken: "sequence", BrokenSequenceToken: "broken", PasteToken: "paste"}
	words := names[t.Kind] + " " + string(t.Bytes)
	if t.IsTruncated {
		words += "..."
	}
	return words
}

// TestScanner tests the tokens of each kind of input.
func TestScanner(t *testing.T) {
	const begin, end = pasteStart, pasteEnd
	for sent, want := range map[string][]string{
		"abc":     {"text abc"},
		"é€👩":     {"text é€👩"},
		"a\r\n\t": {"text a", "key \r", "key \n", "key \t"},
		"\x7f\b":  {"key \x7f", "key \b"},

		"\x1b":       {"key \x1b"},
		"\x1b\x1b":   {"key \x1b\x1b"},
		"\x1bxy":     {"key \x1bx", "text y"},
		"\x1béa":     {"key \x1bé", "text a"},
		"\x1b\x03":   {"key \x1b\x03"},
		"\x1b[":      {"key \x1b["},
		"\x1bO":      {"key \x1bO"},
		"\x1bP":      {"key \x1bP"},
		"\x1b\x1b[":  {"key \x1b\x1b["},
		"\x1b[\r":    {"key \x1b[", "key \r"},
		"\x1b[\x1b[": {"key \x1b[", "key \x1b["},

		"\x1b[Aa":            {"sequence \x1b[A", "text a"},
		"\x1bOPa":            {"sequence \x1bOP", "text a"},
		"\x1b[1;5Ca":         {"sequence \x1b[1;5C", "text a"},
		"\x1b[<64;10;20Ma":   {"sequence \x1b[<64;10;20M", "text a"},
		"\x1b[M !\"a":        {"sequence \x1b[M !\"", "text a"},
		"\x1b[[Aa":           {"sequence \x1b[[", "text Aa"},
		"\x1b\x1b[A":         {"sequence \x1b\x1b[A"},
		"\x1b[\x1b[A":        {"key \x1b[", "sequence \x1b[A"},
		"\x1b]11;é\x07a":     {"sequence \x1b]11;é\x07", "text a"},
		"\x1bP>|x\x1b\\a":    {"sequence \x1bP>|x\x1b\\", "text a"},
		"\x1b[?2026;2$y":     {"sequence \x1b[?2026;2$y"},
		"\x1b_\x1b\\\x1b[1~": {"sequence \x1b_\x1b\\", "sequence \x1b[1~"},

		"\x1b[1;":        {"broken \x1b[1;"},
		"\x1b[1;\ra":     {"broken \x1b[1;", "key \r", "text a"},
		"\x1b[1é":        {"broken \x1b[1", "text é"},
		"\x1b[M !\r":     {"broken \x1b[M !", "key \r"},
		"\x1b]0;x\r":     {"broken \x1b]0;x", "key \r"},
		"\x1b]0;x\x1b[A": {"broken \x1b]0;x", "sequence \x1b[A"},
		"\x1bP0\x1ba":    {"broken \x1bP0", "key \x1ba"},
		"\x1b[" + strings.Repeat("1", MaxSequence):   {"broken \x1b[" + strings.Repeat("1", MaxSequence-2) + "...", "text 11"},
		"\x1bP" + strings.Repeat("é", MaxSequence):   {"broken \x1bP" + strings.Repeat("é", MaxSequence/2-1) + "...", "text " + strings.Repeat("é", MaxSequence/2+1)},
		strings.Repeat("\x1b", MaxSequence) + "\x1b": {"key " + strings.Repeat("\x1b", MaxSequence), "key \x1b"},

		"\x9bMab":        {"text Mab"},
		"a\xff\xc2\x9bb": {"text ab"},
		"\xe2\x82":       nil,
		"\xe2\x82a":      {"text a"},

		"a" + begin + "b\r\nc" + end + "d":                 {"text a", "paste b\r\nc", "text d"},
		begin + end:                                        {"paste "},
		begin + "a" + end + begin + "b" + end:              {"paste a", "paste b"},
		begin + "\x1b[A\x03\x7f\x1b]0;x\x07\té" + end:      {"paste [A]0;x\té"},
		begin + "a" + begin + "b" + end:                    {"paste b"},
		begin + "a\x1bP" + end + "b":                       {"paste aP", "text b"},
		begin + "a\x1b" + end + "b":                        {"paste a", "text b"},
		"\x1b" + begin + "a" + end:                         {"key \x1b", "paste a"},
		"a" + end + "b":                                    {"text a", "sequence " + end, "text b"},
		"a" + begin + "bcd\x1b[20":                         {"text a"},
		begin + strings.Repeat("x", 30) + end + "a":        {"paste " + strings.Repeat("x", 20) + "...", "text a"},
		begin + strings.Repeat("x", 19) + "éx" + end + "a": {"paste " + strings.Repeat("x", 19) + "...", "text a"},
	} {
		if got := scanned(20, sent); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", sent, got, want)
		}
	}
}

// TestScannerInPieces checks that it makes no difference in which pieces the input comes.
func TestScannerInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", "é", "\r", "\x1b", "\x1b[A", "\x1b[M", "\x1b]0;", "\x07", "\x1b\\", pasteStart, pasteEnd, "\x1b[20", "[200~", "\xff",
		}), 0, 20).Draw(t, "sent"), "")
		var parts []string
		for rest := sent; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			parts, rest = append(parts, rest[:n]), rest[n:]
		}
		if whole, cut := scanned(10, sent), scanned(10, parts...); fmt.Sprint(whole) != fmt.Sprint(cut) {
			t.Fatalf("%q comes to %q, and in the pieces %q to %q", sent, whole, parts, cut)
		}
	})
}

// FuzzScanner tests that the tokens of any input are bounded and not empty, and that outside of
// pastes only invalid characters are lost.
func FuzzScanner(f *testing.F) {
	f.Add([]byte("a\x1b[A\x1b"))
	f.Add([]byte("\x1b\x1b\x1b[[[[\xff\x1bO"))
	f.Add([]byte("\x1bP\x1b[200~\x1b]\x1b[201~\x1b\\"))
	f.Fuzz(func(t *testing.T, sent []byte) {
		const most = 40
		s := &Scanner{MaxPaste: most}
		var all []byte
		pastes := false
		emit := func(token Token) {
			switch {
			case token.Kind == PasteToken:
				if pastes = true; len(token.Bytes) > most {
					t.Fatalf("a paste of %d bytes", len(token.Bytes))
				}
			case len(token.Bytes) == 0, len(token.Bytes) > MaxSequence+1:
				t.Fatalf("%v has %d bytes", token.Kind, len(token.Bytes))
			}
			if !utf8.Valid(token.Bytes) {
				t.Fatalf("%q is no text", token.Bytes)
			}
			all = append(all, token.Bytes...)
		}
		s.Scan(sent, emit)
		pastes = pastes || s.isPasting
		s.FlushPending(emit)
		if len(s.PendingSequence()) > 0 {
			t.Fatalf("%q waits for ever", s.PendingSequence())
		}
		if utf8.Valid(sent) && !bytes.ContainsFunc(sent, func(r rune) bool { return 0x80 <= r && r <= 0x9f }) && !pastes && !bytes.Equal(all, sent) {
			t.Fatalf("%q comes to %q", sent, all)
		}
	})
}
