package screen

import (
	"regexp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/theme"
	"loket/ui/words"
)

// A Screen is one thing that the kiosk shows between header and footer. It
// reacts to messages and draws itself into a frame; where to go next it says by
// the command of a navigation message (Send), and what else its commands give
// comes to every screen of the visit. It holds no size, language or
// time: those come with each frame, so that they can change under it.
type Screen interface {
	// Update handles a message: keys come only to the screen on top.
	Update(msg tea.Msg) tea.Cmd

	// View draws the screen.
	View(f Frame) Page

	// Keys returns the keys that do something here, for the footer.
	Keys() []keys.Binding
}

// Refresher is a screen that looks anew when the visitor comes back to it.
type Refresher interface {
	// Refresh returns the command for that.
	Refresh() tea.Cmd
}

// LineScroller is a screen that decides itself which of its lines are in sight.
type LineScroller interface {
	// ScrollLines goes so many lines down, or up.
	ScrollLines(lines int)
}

// Starter is a screen that has something to do once it is opened.
type Starter interface {
	// Start returns the command to begin with.
	Start() tea.Cmd
}

// Waiter is a screen that can wait for work which it gave away (Background). Meanwhile
// it gets no keys.
type Waiter interface {
	// Busy reports whether it does.
	Busy() bool
}

// A Frame is what a screen draws in.
type Frame struct {
	Width  int // of the column, at most ColumnWidth
	Room   int // of the terminal, for what does not fit the column
	Height int // lines to be seen at once
	Gap    int // empty lines between things to choose or to fill in
	Lang   text.Language
	Theme  theme.Theme
	Now    time.Time

	FunctionKeys bool // keys go by their function keys, as on a kiosk (R16)
}

// Named is a key under the name by which the terminal has it.
func (f Frame) Named(key keys.Binding) keys.Binding {
	if f.FunctionKeys {
		return key.OnFunctionKeys()
	}
	return key
}

// ColumnWidth is how wide the column in the middle of the terminal is at most (R15).
const ColumnWidth = 76

// A Page is what a screen looks like.
type Page struct {
	Lines  []string    // as many as it takes; the kiosk scrolls
	Cursor *tea.Cursor // the real cursor, in the page's own coordinates; nil hides it
	Focus  Span        // the lines that must be in sight
	Spread int         // cells that its lines take, if the column has fewer
	Zones  []Zone      // where keys are drawn on it
}

// A Zone is where a key is drawn, and can be pressed by finger or mouse. It is so many cells
// to the right of where the page begins, and so many lines below its first line, or that
// of a bar.
type Zone struct {
	X, Y, Width int
	Key         tea.KeyPressMsg
}

// Add writes lines at the end of the page.
func (p *Page) Add(lines ...string) { p.Lines = append(p.Lines, lines...) }

// A Span is a range of lines, from one up to and including the other.
type Span struct{ From, To int }

// Say returns a text in the frame's language and with the terminal's glyphs.
func (f Frame) Say(t text.Text) string { return f.Theme.WithGlyphs(words.StripControl(t.In(f.Lang))) }

// Wrap breaks text into lines of at most width cells, between words, but not
// after a number: "27 november" and "06 12 34 56 78" stay in one piece. An empty
// line in text stays one.
func (f Frame) Wrap(text string, width int) []string {
	const glue = "\u00a0"
	lines := words.Wrap(afterNumber.ReplaceAllString(text, "$1"+glue), width)
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, glue, " ")
	}
	return lines
}

var afterNumber = regexp.MustCompile(`(\d) \b`)

// Pad makes a line exactly width cells wide: longer ones are cut.
func Pad(line string, width int) string {
	line = ansi.Truncate(line, width, "")
	return line + strings.Repeat(" ", width-lipgloss.Width(line))
}

// JoinEnds puts left and right at the two ends of a line.
func JoinEnds(left, right string, width int) string {
	gap := width - lipgloss.Width(left) - lipgloss.Width(right)
	if gap < 1 {
		return Pad(left, width)
	}
	return left + strings.Repeat(" ", gap) + right
}

// WithMarker puts the marker before what has the focus, and as much room before
// what has not.
func (f Frame) WithMarker(label string, focused bool) string {
	if !focused {
		return "  " + label
	}
	return f.Theme.Accent.Render(theme.Marker) + " " + label
}

// Highlight draws a line of what may have the focus: in a wide theme, if it has, as a
// beam that is width cells wide.
func (f Frame) Highlight(line string, focused bool, width int) string {
	if !focused || !f.Theme.Wide {
		return line
	}
	return f.Theme.Chosen.Render(Pad(ansi.Strip(line), width))
}

// NewCursor is the real cursor: on the first letter of the item, or in the field, that has
// the focus. It is a bar, which hides no letter.
func NewCursor(x, y int) *tea.Cursor {
	c := tea.NewCursor(x, y)
	c.Shape, c.Blink = tea.CursorBar, false
	return c
}

const MarkWidth = len("> ")
