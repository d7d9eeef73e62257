package ui

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
)

// input is a line that is being typed. How it is edited is textinput's; how it
// is drawn is not, since that counts characters where wide ones take two cells.
type input struct {
	text    textinput.Model
	longest int // characters that may be typed
}

// newInput gives a line for any short text.
func newInput(secret bool) *input {
	i := inputOf(secret, flow.LongestAnswer)
	i.text.CharLimit = i.longest
	return i
}

// newLine gives the line of a field. It takes more than the field does, so that
// nothing is cut off behind the back of whoever types: that it is too long is said,
// and submitting it refused.
func newLine(of flow.Field) *input {
	i := inputOf(of.Kind == flow.Secret, of.Longest())
	i.text.CharLimit = 2 * i.longest
	return i
}

func inputOf(secret bool, longest int) *input {
	i := &input{text: textinput.New(), longest: longest}
	i.text.KeyMap.Paste.SetEnabled(false) // it reads the clipboard of the machine that the desk runs on
	i.text.SetVirtualCursor(false)
	if secret {
		i.text.EchoMode = textinput.EchoPassword // so that moving by words tells nothing
	}
	i.text.Focus()
	return i
}

func (i *input) value() string     { return i.text.Value() }
func (i *input) set(value string)  { i.text.SetValue(value) }
func (i *input) empty() bool       { return i.text.Value() == "" }
func (i *input) press(msg tea.Msg) { i.text, _ = i.text.Update(msg) }

// tooLong tells whether there is more than may be typed.
func (i *input) tooLong() bool { return utf8.RuneCountInString(i.value()) > i.longest }

// paste inserts text as if it was typed: on one line, with a space between what
// stood on several or in columns, and without anything that drives a terminal.
func (i *input) paste(text string) {
	i.press(tea.PasteMsg{Content: clean(apart.ReplaceAllString(strings.Trim(text, lineBreaks), " "))})
}

const lineBreaks = "\r\n"

var apart = regexp.MustCompile(`[\r\n\t]+`)

// draw gives what fits of the line in width cells, and in which one the cursor is.
func (i *input) draw(width int, hide bool) (line string, cursor int) {
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
