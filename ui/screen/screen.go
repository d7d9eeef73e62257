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

// A Screen is what the kiosk shows between header and footer. It handles messages and draws
// itself in a frame. It goes to another screen by the command of a navigation message (Send).
// Any other message of its commands comes to every screen of the visit. A Screen keeps no
// size, language or time, because they come with each frame and may change.
type Screen interface {
	// Update handles a message. Only the screen on top gets keys.
	Update(msg tea.Msg) tea.Cmd

	// View draws the screen.
	View(f Frame) Page

	// Keys returns the keys that do something here, for the footer.
	Keys() []keys.Binding
}

// Refresher is a screen that fetches its data again when the visitor comes back to it.
type Refresher interface {
	// Refresh returns the command that fetches the data.
	Refresh() tea.Cmd
}

// LineScroller is a screen that decides itself which of its lines are visible.
type LineScroller interface {
	// ScrollLines scrolls down by a number of lines, or up if it is negative.
	ScrollLines(lines int)
}

// Starter is a screen that runs a command when it opens.
type Starter interface {
	// Start returns the command.
	Start() tea.Cmd
}

// Waiter is a screen that can wait for its background work (Background). While it waits, it
// gets no keys.
type Waiter interface {
	// Busy reports whether the screen waits.
	Busy() bool
}

// A Frame is what a screen draws in.
type Frame struct {
	Width     int  // cells of the column, at most ColumnWidth
	FullWidth int  // cells of the terminal, for a page that does not fit the column
	Height    int  // visible lines
	Gap       int  // empty lines between items or fields
	Tight     bool // no empty line below the title, so that the page fits
	Lang      text.Language
	Theme     theme.Theme
	Now       time.Time

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

// A Page is what a screen draws.
type Page struct {
	Lines       []string    // may be more than the frame has; the kiosk scrolls
	Cursor      *tea.Cursor // the real cursor, in coordinates of the page; nil hides it
	Focus       Span        // the lines that must be visible
	NeededWidth int         // the cells that the lines take, if more than the column has
	Zones       []Zone      // where keys are drawn on it
}

// A Zone is where a key is drawn, and can be pressed by finger or mouse. It is so many cells
// to the right of where the page begins, and so many lines below its first line, or that
// of a bar.
type Zone struct {
	X, Y, Width int
	Key         tea.KeyPressMsg
}

// Add adds lines at the end of the page.
func (p *Page) Add(lines ...string) { p.Lines = append(p.Lines, lines...) }

// A Span is a range of lines or cells, From and To included.
type Span struct{ From, To int }

// Say returns a text in the frame's language and with the terminal's glyphs.
func (f Frame) Say(t text.Text) string { return f.Theme.WithGlyphs(words.StripControl(t.In(f.Lang))) }

// Wrap breaks text into lines of at most width cells, between words but not after a number:
// "27 november" and "06 12 34 56 78" stay on one line. Empty lines in text stay.
func (f Frame) Wrap(text string, width int) []string {
	const glue = "\u00a0"
	return words.Wrap(spaceAfterNumber.ReplaceAllString(text, "$1"+glue), width)
}

var spaceAfterNumber = regexp.MustCompile(`(\d) \b`)

// Title draws the title of a page, and an empty line unless the frame is tight.
func (f Frame) Title(t text.Text) []string {
	lines := StyleLines(f.Theme.Title, f.Wrap(f.Say(t), f.Width))
	if f.Tight {
		return lines
	}
	return append(lines, "")
}

// Pad makes a line exactly width cells wide, and cuts a longer line.
func Pad(line string, width int) string {
	line = ansi.Truncate(line, width, "")
	return line + strings.Repeat(" ", width-lipgloss.Width(line))
}

// JoinEnds puts left and right at the two ends of a line of width cells. It leaves out right if
// they do not fit.
func JoinEnds(left, right string, width int) string {
	gap := width - lipgloss.Width(left) - lipgloss.Width(right)
	if gap < 1 {
		return Pad(left, width)
	}
	return left + strings.Repeat(" ", gap) + right
}

// WithMarker puts the marker before a label that has the focus, and the same number of spaces
// before any other label.
func (f Frame) WithMarker(label string, focused bool) string {
	if !focused {
		return "  " + label
	}
	return f.Theme.Accent.Render(theme.FocusMarker) + " " + label
}

// Highlight draws a line of an item. A line of the item that has the focus is a bar of width
// cells.
func (f Frame) Highlight(line string, focused bool, width int) string {
	if !focused {
		return line
	}
	return f.Theme.Chosen.Render(Pad(ansi.Strip(line), width))
}

// StepBack draws a line of a page that has no focus, because something is in front of it or beside
// it.
func (f Frame) StepBack(line string) string {
	return f.Theme.Muted.Render(strings.ReplaceAll(ansi.Strip(line), theme.FocusMarker, " "))
}

// NewCursor returns the real cursor of the terminal at x, y. It is a bar, which hides no letter.
// A screen puts it at the first letter of the item that has the focus, or in the field.
func NewCursor(x, y int) *tea.Cursor {
	c := tea.NewCursor(x, y)
	c.Shape, c.Blink = tea.CursorBar, false
	return c
}

const MarkWidth = len("> ")
