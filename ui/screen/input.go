package screen

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/flow"
	"loket/ui/theme"
	"loket/ui/words"
)

// Input is a line to type in. The type textinput edits it, but does not draw it, because textinput counts characters and a
// wide character takes two cells.
type Input struct {
	text      textinput.Model
	maxLength int // maxLength is the maximum number of characters of the answer.
}

// NewInput returns a line for a short text. secret is true if the text is a password.
func NewInput(secret bool) *Input {
	i := newInput(secret, flow.MaxAnswerLength)
	i.text.CharLimit = i.maxLength
	return i
}

// NewFieldInput returns the input line of a field. It accepts more characters than the field allows, so that a long answer is
// not cut off silently. The visitor sees that the answer is too long, and cannot submit it.
func NewFieldInput(of flow.Field) *Input {
	i := newInput(of.Kind == flow.KindSecret, of.MaxLength())
	i.text.CharLimit = 2 * i.maxLength
	return i
}

func newInput(secret bool, longest int) *Input {
	i := &Input{text: textinput.New(), maxLength: longest}
	// Pasting is disabled because it would read the clipboard of the machine that the desk runs on.
	i.text.KeyMap.Paste.SetEnabled(false)
	i.text.SetVirtualCursor(false)
	if secret {
		i.text.EchoMode = textinput.EchoPassword // In this mode, moving by words does not reveal where words end.
	}
	i.text.Focus()
	return i
}

func (i *Input) Value() string    { return i.text.Value() }
func (i *Input) Set(value string) { i.text.SetValue(value) }
func (i *Input) IsEmpty() bool    { return i.text.Value() == "" }

// HandleInput edits the line with a key or a paste.
func (i *Input) HandleInput(msg tea.Msg) {
	i.text, _ = i.text.Update(msg)
	i.composeAccents()
}

// IsTooLong reports whether the answer is longer than the field allows.
func (i *Input) IsTooLong() bool { return utf8.RuneCountInString(i.Value()) > i.maxLength }

// Paste inserts text as if it was typed. It replaces line breaks and tabs by spaces, and removes control characters.
func (i *Input) Paste(text string) {
	i.HandleInput(tea.PasteMsg{Content: words.StripControl(pasteSeparators.ReplaceAllString(strings.Trim(text, lineBreaks), " "))})
}

// composeAccents combines a separate accent with the letter before it.
func (i *Input) composeAccents() {
	if composed := words.StripControl(i.Value()); composed != i.Value() {
		value := []rune(i.Value())
		at := utf8.RuneCountInString(words.StripControl(string(value[:i.text.Position()])))
		i.text.SetValue(composed)
		i.text.SetCursor(at)
	}
}

const lineBreaks = "\r\n"

var pasteSeparators = regexp.MustCompile(`[\r\n\t]+`)

// Draw returns the part of the line around the cursor that fits in width cells, and the column of the cursor in it.
func (i *Input) Draw(width int, hide bool) (line string, cursor int) {
	shown := []rune(i.text.Value())
	if hide {
		shown = []rune(strings.Repeat(theme.Bullet, len(shown)))
	}
	at := i.text.Position()
	from, used := at, 0
	for ; from > 0; from-- { // Go back from the cursor as far as the width allows.
		if used += Width(string(shown[from-1])); used >= width {
			break
		}
	}
	for from < at && unicode.Is(unicode.Mn, shown[from]) { // Skip accents whose letter is not visible.
		from++
	}
	return ansi.Truncate(string(shown[from:]), width, ""), Width(string(shown[from:at]))
}

// DrawFieldEdges draws the edges of a field around typed text.
func (f Frame) DrawFieldEdges(typed string, width int, focused bool) string {
	edge := f.Theme.Rule
	if focused {
		edge = f.Theme.Accent
	}
	return edge.Render("[ ") + Pad(typed, width) + edge.Render(" ]")
}

const FieldEdgeWidth = len("[ ")

const FieldWidth = 40 // FieldWidth is the number of cells between the edges of a field.
