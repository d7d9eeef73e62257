package lines

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"
)

// Texts that an import can have.
var anyText = rapid.OneOf(rapid.String(), rapid.StringN(60, 200, -1), rapid.SampledFrom([]string{
	"", "Internetsparen", "\x1b[31mrood\x1b[0m", "twee\nregels\r\n\tdrie", "\u202eomgekeerd", "日本語の口座名義", "einde:", "7. zeven", "/1 een", "\u009b2J", "👨‍👩‍👧",
}))

// TestAnythingIsText checks that the output is always lines of text without control characters,
// that the lines fit, and that no text looks like a question or a choice.
func TestAnythingIsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var written bytes.Buffer
		w := NewWriter(&written)
		w.Text(anyText.Draw(t, "said"))
		w.Flush()
		told := written.String()
		w.Choice(1, anyText.Draw(t, "choice"))
		w.Offer(1, anyText.Draw(t, "offer"))
		w.Flush()
		listed := written.String()[len(told):]
		if err := w.Question(anyText.Draw(t, "question")); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(told) {
			if line = strings.TrimSuffix(line, "\n"); looksLikePrompt(line) {
				t.Errorf("%q can be taken for something else", line)
			}
		}
		for line := range strings.Lines(listed) {
			if line = strings.TrimSuffix(line, "\n"); endsLikeQuestion(line) && !strings.HasPrefix(line, " ") {
				t.Errorf("%q can be taken for a question", line)
			}
		}
		for line := range strings.Lines(written.String()) {
			line = strings.TrimSuffix(line, "\n")
			if strings.IndexFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) >= 0 {
				t.Errorf("%q drives a terminal", line)
			}
			if lipgloss.Width(line) > Width {
				t.Errorf("%q is %d wide", line, lipgloss.Width(line))
			}
		}
	})
}

// TestChoicesAreNoQuestions checks where a choice is wrapped that would otherwise end like a
// question.
func TestChoicesAreNoQuestions(t *testing.T) {
	long := strings.Repeat("x", 60) + " bevestigen"
	for text, want := range map[string]string{
		long + ": " + long: "1. " + long[:60] + "\n   bevestigen:",
		"einde:":           "1.\n   einde:\n",
		"een: twee":        "1. een: twee\n",
	} {
		var written bytes.Buffer
		w := NewWriter(&written)
		w.Choice(1, text)
		w.Flush()
		if !strings.HasPrefix(written.String(), want) {
			t.Errorf("%q becomes\n%s", text, &written)
		}
	}
}
