package ui

import (
	"testing"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"

	"loket/flows/flow"
)

// TestInputDraws holds that the cursor stands after what was typed before it,
// however wide that is.
func TestInputDraws(t *testing.T) {
	for _, c := range []struct {
		typed, keys string
		width       int
		hide        bool
		line        string
		cursor      int
	}{
		{"abc", "", 10, false, "abc", 3},
		{"abc", "l", 10, false, "abc", 2},
		{"漢字x", "", 10, false, "漢字x", 5},
		{"漢字x", "ll", 10, false, "漢字x", 2},
		{"e\u0301a", "", 10, false, "e\u0301a", 2},
		{"abcdef", "", 4, false, "def", 3},
		{"abcdef", "h", 4, false, "abcd", 0},
		{"漢字漢字", "", 4, false, "字", 2},
		{"漢字", "", 10, true, "••", 2},
		{"", "", 4, false, "", 0},
	} {
		i := newInput(c.hide)
		i.set(c.typed)
		for _, key := range c.keys {
			i.press(keyNamed(map[rune]string{'l': "left", 'h': "home"}[key]))
		}
		if line, cursor := i.draw(c.width, c.hide); line != c.line || cursor != c.cursor {
			t.Errorf("%q after %q in %d: got %q, %d; want %q, %d", c.typed, c.keys, c.width, line, cursor, c.line, c.cursor)
		}
	}
}

// TestInputStaysWithinBounds types and moves at random.
func TestInputStaysWithinBounds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		i, width := newInput(rapid.Bool().Draw(r, "secret")), rapid.IntRange(1, 40).Draw(r, "width")
		r.Repeat(map[string]func(*rapid.T){
			"paste": func(r *rapid.T) { i.paste(rapid.String().Draw(r, "text")) },
			"press": func(r *rapid.T) {
				i.press(keyNamed(rapid.SampledFrom([]string{"left", "right", "home", "end", "backspace", "ctrl+w", "ctrl+k", "ctrl+u"}).Draw(r, "key")))
			},
			"": func(r *rapid.T) {
				line, cursor := i.draw(width, rapid.Bool().Draw(r, "hide"))
				if w := lipgloss.Width(line); w > width || cursor < 0 || cursor >= max(width, 1) {
					r.Fatalf("%q is %d wide with the cursor at %d, in %d", line, w, cursor, width)
				}
				if n := utf8.RuneCountInString(i.value()); n > flow.LongestAnswer || clean(i.value()) != i.value() {
					r.Fatalf("%d characters: %q", n, i.value())
				}
			},
		})
	})
}

// TestClean holds that nothing that is drawn can drive the terminal (R20).
func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"Müller & Zn\nB.V.":      "Müller & Zn\nB.V.",
		"\x1b[2J\x1b]0;x\x07wis": "[2J]0;xwis",
		"a\u009bb\x00c\rd\te":    "abcde",
		"naam\u202eegnol\u200b":  "naamegnol",
		"half\xff":               "half",
	} {
		if got := clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
}
