package screen_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"

	"loket/flows/flow"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// TestInputDraws checks that the cursor is directly after the text before it, however wide that text is.
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
		i := screen.NewInput(c.hide)
		i.Set(c.typed)
		for _, key := range c.keys {
			i.HandleInput(keys.PressByName(map[rune]string{'l': "left", 'h': "home"}[key]))
		}
		if line, cursor := i.Draw(c.width, c.hide); line != c.line || cursor != c.cursor {
			t.Errorf("%q after %q in %d: got %q, %d; want %q, %d", c.typed, c.keys, c.width, line, cursor, c.line, c.cursor)
		}
	}
}

// TestInputStaysWithinBounds types and moves the cursor at random.
func TestInputStaysWithinBounds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		i, width := screen.NewInput(rapid.Bool().Draw(r, "secret")), rapid.IntRange(1, 40).Draw(r, "width")
		r.Repeat(map[string]func(*rapid.T){
			"paste": func(r *rapid.T) { i.Paste(rapid.String().Draw(r, "text")) },
			"press": func(r *rapid.T) {
				i.HandleInput(keys.PressByName(rapid.SampledFrom([]string{"left", "right", "home", "end", "backspace", "ctrl+w", "ctrl+k", "ctrl+u"}).Draw(r, "key")))
			},
			"": func(r *rapid.T) {
				line, cursor := i.Draw(width, rapid.Bool().Draw(r, "hide"))
				if w := lipgloss.Width(line); w > width || cursor < 0 || cursor >= max(width, 1) {
					r.Fatalf("%q is %d wide with the cursor at %d, in %d", line, w, cursor, width)
				}
				if n := utf8.RuneCountInString(i.Value()); n > flow.MaxAnswerLength || words.StripControl(i.Value()) != i.Value() {
					r.Fatalf("%d characters: %q", n, i.Value())
				}
			},
		})
	})
}

// TestFieldIsBounded checks that an input line accepts more text than its field allows, so that the visitor can be told, but
// not text of any length.
func TestFieldIsBounded(t *testing.T) {
	field := flow.Field{}
	i := screen.NewFieldInput(field)
	i.Paste(strings.Repeat("x", 1<<20))
	if n := utf8.RuneCountInString(i.Value()); !i.IsTooLong() || n > 2*field.MaxLength() {
		t.Errorf("the field holds %d characters, and is too long: %t", n, i.IsTooLong())
	}
}
