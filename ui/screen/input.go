package screen

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/flow"
	"loket/ui/theme"
	"loket/ui/words"
)

// Input is a line that is being typed. How it is edited is textinput's; how it
// is drawn is not, since that counts characters where wide ones take two cells.
type Input struct {
	text    textinput.Model
	longest int // characters that may be typed
}

// NewInput returns a line for any short text.
func NewInput(secret bool) *Input {
	i := newInput(secret, flow.MaxAnswerLength)
	i.text.CharLimit = i.longest
	return i
}

// NewFieldInput returns the line of a field. It takes more than the field does, so that
// nothing is cut off behind the back of whoever types: that it is too long is said,
// and submitting it refused.
func NewFieldInput(of flow.Field) *Input {
	i := newInput(of.Kind == flow.Secret, of.MaxLength())
	i.text.CharLimit = 2 * i.longest
	return i
}

func newInput(secret bool, longest int) *Input {
	i := &Input{text: textinput.New(), longest: longest}
	i.text.KeyMap.Paste.SetEnabled(false) // it reads the clipboard of the machine that the desk runs on
	i.text.SetVirtualCursor(false)
	if secret {
		i.text.EchoMode = textinput.EchoPassword // so that moving by words tells nothing
	}
	i.text.Focus()
	return i
}

func (i *Input) Value() string    { return i.text.Value() }
func (i *Input) Set(value string) { i.text.SetValue(value) }
func (i *Input) Empty() bool      { return i.text.Value() == "" }

// Press lets a key or a paste change the line.
func (i *Input) Press(msg tea.Msg) {
	i.text, _ = i.text.Update(msg)
	i.compose()
}

// TooLong reports whether there is more than may be typed.
func (i *Input) TooLong() bool { return utf8.RuneCountInString(i.Value()) > i.longest }

// Paste inserts text as if it was typed: on one line, with a space between what
// stood on several or in columns, and without anything that drives a terminal.
func (i *Input) Paste(text string) {
	i.Press(tea.PasteMsg{Content: words.StripControl(separators.ReplaceAllString(strings.Trim(text, lineBreaks), " "))})
}

// compose joins an accent that came by itself with the letter before it.
func (i *Input) compose() {
	if composed := words.StripControl(i.Value()); composed != i.Value() {
		value := []rune(i.Value())
		at := utf8.RuneCountInString(words.StripControl(string(value[:i.text.Position()])))
		i.text.SetValue(composed)
		i.text.SetCursor(at)
	}
}

const lineBreaks = "\r\n"

var separators = regexp.MustCompile(`[\r\n\t]+`)

// Draw returns what fits of the line in width cells, and in which one the cursor is.
func (i *Input) Draw(width int, hide bool) (line string, cursor int) {
	shown := []rune(i.text.Value())
	if hide {
		shown = []rune(strings.Repeat(theme.Bullet, len(shown)))
	}
	at := i.text.Position()
	from, used := at, 0
	for ; from > 0; from-- { // back from the cursor, as far as there is room before it
		if used += lipgloss.Width(string(shown[from-1])); used >= width {
			break
		}
	}
	for from < at && unicode.Is(unicode.Mn, shown[from]) { // an accent whose letter is out of sight
		from++
	}
	return ansi.Truncate(string(shown[from:]), width, ""), lipgloss.Width(string(shown[from:at]))
}

// DrawEdges draws the edges of a field around what was typed.
func (f Frame) DrawEdges(typed string, width int, focused bool) string {
	edge := f.Theme.Rule
	if focused {
		edge = f.Theme.Accent
	}
	return edge.Render("[ ") + Pad(typed, width) + edge.Render(" ]")
}

const EdgeWidth = len("[ ")

const FieldWidth = 40 // of what is typed
