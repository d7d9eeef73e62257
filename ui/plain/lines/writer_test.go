package lines

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"
)

// anyText generates texts that an import can contain.
var anyText = rapid.OneOf(rapid.String(), rapid.StringN(60, 200, -1), rapid.SampledFrom([]string{
	"", "Internetsparen", "\x1b[31mrood\x1b[0m", "twee\nregels\r\n\tdrie", "\u202eomgekeerd", "日本語の口座名義", "einde:", "7. zeven", "/1 een", "\u009b2J", "👨‍👩‍👧",
}))

// TestAnythingIsText checks that the output always consists of lines of text without control characters, that the lines fit,
// and that no text looks like a question or a choice.
func TestAnythingIsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var written bytes.Buffer
		w := NewWriter(&written)
		w.WriteText(anyText.Draw(t, "said"))
		w.Flush()
		told := written.String()
		w.WriteChoice(1, anyText.Draw(t, "choice"))
		w.WriteOffer(1, anyText.Draw(t, "offer"))
		w.Flush()
		listed := written.String()[len(told):]
		if err := w.WriteQuestion(anyText.Draw(t, "question")); err != nil {
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
			if lipgloss.Width(line) > MaxLineWidth {
				t.Errorf("%q is %d wide", line, lipgloss.Width(line))
			}
		}
	})
}

// TestChoicesAreNoQuestions checks the wrapping of choices that would otherwise end like a question.
func TestChoicesAreNoQuestions(t *testing.T) {
	long := strings.Repeat("x", 60) + " bevestigen"
	for text, want := range map[string]string{
		long + ": " + long: "1. " + long[:60] + "\n   bevestigen:",
		"einde:":           "1.\n   einde:\n",
		"een: twee":        "1. een: twee\n",
	} {
		var written bytes.Buffer
		w := NewWriter(&written)
		w.WriteChoice(1, text)
		w.Flush()
		if !strings.HasPrefix(written.String(), want) {
			t.Errorf("%q becomes\n%s", text, &written)
		}
	}
}

// narrow is a terminal of a given width.
type narrow struct {
	bytes.Buffer
	width int
}

func (*narrow) SetEcho(bool)                {}
func (*narrow) DiscardInput()               {}
func (*narrow) SendsSequences() bool        { return true }
func (n *narrow) Size() (width, height int) { return n.width, 0 }

// TestWidth checks that lines are not wider than a narrow terminal, and that words stay whole.
func TestWidth(t *testing.T) {
	const says = "Een gebruikersnaam bestaat uit letters, cijfers en . - _ @ en is niet langer dan veertig tekens."
	for width, want := range map[int]int{0: MaxLineWidth, 10: minLineWidth, 40: 40, 76: MaxLineWidth, 200: MaxLineWidth} {
		to := &narrow{width: width}
		w := NewWriter(to)
		w.WriteText(says)
		w.WriteChoice(1, says)
		w.WriteOffer(1, says)
		if err := w.WriteQuestion(says); err != nil {
			t.Fatal(err)
		}
		widest := 0
		for line := range strings.Lines(to.String()) {
			widest = max(widest, lipgloss.Width(strings.TrimRight(line, " \n")))
		}
		if widest > want || widest < want-12 {
			t.Errorf("on a terminal of %d the widest line has %d cells:\n%s", width, widest, to.String())
		}
		if strings.Count(to.String(), ". - _ @") != 4 || strings.Count(to.String(), "gebruikersnaam") != 4 {
			t.Errorf("on a terminal of %d it is broken:\n%s", width, to.String())
		}
	}
}
