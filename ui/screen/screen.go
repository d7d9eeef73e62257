package screen

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/theme"
	"loket/ui/words"
)

// A Screen is what the kiosk shows between header and footer. It handles messages and draws itself in a frame. It goes to
// another screen by the command of a navigation message (Send). Every screen of the visit receives the other messages of its
// commands. A Screen does not store the size, language or time, because each frame has them and they may change.
type Screen interface {
	// Update handles a message. Only the screen on top gets keys.
	Update(msg tea.Msg) tea.Cmd

	// View draws the screen.
	View(f Frame) Page

	// Keys returns the keys that have an effect on this screen, for the footer.
	Keys() []keys.Binding
}

// Refresher is a screen that fetches its data again when the visitor comes back to it.
type Refresher interface {
	// Refresh returns the command that fetches the data again.
	Refresh() tea.Cmd
}

// LineScroller is a screen that does its own scrolling.
type LineScroller interface {
	// ScrollLines scrolls down by a number of lines, or up if it is negative.
	ScrollLines(lines int)
}

// Starter is a screen that runs a command when it opens.
type Starter interface {
	// Start returns the command to run when the screen opens.
	Start() tea.Cmd
}

// BusyScreen is a screen that can wait for its background work (Background). While it waits, it receives no keys.
type BusyScreen interface {
	// Busy reports whether the screen waits for background work.
	Busy() bool
}

// Typist is a screen that can have a line to type in.
type Typist interface {
	// TypedLine returns the line to type in that has the focus. It reports whether there is one.
	TypedLine() (TypedLine, bool)
}

// TypedLine describes a line to type in, for the on-screen keyboard.
type TypedLine struct {
	Name       string    // Name tells the line apart from other lines on the screen.
	DigitsOnly bool      // DigitsOnly is true if an answer needs no letters.
	Secret     bool      // Secret is true if what is typed is hidden.
	EnterHint  text.Text // EnterHint says what Enter does.
}

// A Frame has the size, theme, language and time for drawing a screen.
type Frame struct {
	Width     int  // Width is the width of the column in cells, at most ColumnWidth.
	FullWidth int  // FullWidth is the width of the terminal in cells, for a page that does not fit in the column.
	Height    int  // Height is the number of visible lines.
	Gap       int  // Gap is the number of empty lines between items or fields.
	Tight     bool // Tight is true if there must be no empty line below the title, so that the page fits.
	Lang      text.Language
	Theme     theme.Theme
	Now       time.Time

	FunctionKeys bool // FunctionKeys is true if hints name the function keys instead of the Ctrl keys, as on a kiosk (R16).
}

// NameKeyForTerminal returns a key with the name that it has on this terminal: its function key or its Ctrl key.
func (f Frame) NameKeyForTerminal(key keys.Binding) keys.Binding {
	if f.FunctionKeys {
		return key.WithFunctionKeyName()
	}
	return key
}

// ColumnWidth is the maximum width in cells of the column in the middle of the terminal (R15).
const ColumnWidth = 76

// A Page is what a screen draws.
type Page struct {
	Lines       []string    // Lines are the lines of the page. If there are more than fit in the frame, the kiosk scrolls.
	Cursor      *tea.Cursor // Cursor is the real cursor of the terminal, in coordinates of the page. Nil hides the cursor.
	Focus       Span        // Focus are the lines that must be visible.
	NeededWidth int         // NeededWidth is the number of cells that the lines take, if it is more than the width of the column.
	Zones       []KeyZone   // Zones are the places on the page where the name of a key is drawn.
	Choices     []Span      // Choices are the lines of each choice or field that a click chooses.
}

// A KeyZone is a place where the name of a key or an action is drawn. A click there presses the key. X and Y count cells and lines
// from the top left of the page or bar.
type KeyZone struct {
	X, Y, Width int
	Key         tea.KeyPressMsg
	Action      tea.Msg   // Action is the message of a click that presses no key. It is nil for a key.
	Name        text.Text // Name is what speech says for the zone. If it is empty, speech says what is drawn.
}

// MoveZones returns zones moved to the right and down.
func MoveZones(zones []KeyZone, x, y int) []KeyZone {
	moved := slices.Clone(zones)
	for i := range moved {
		moved[i].X, moved[i].Y = moved[i].X+x, moved[i].Y+y
	}
	return moved
}

// Add appends lines to the page.
func (p *Page) Add(lines ...string) { p.Lines = append(p.Lines, lines...) }

// A Span is a range of lines or cells, including From and To.
type Span struct{ From, To int }

// Translate returns a text in the frame's language, with glyphs that the terminal has.
func (f Frame) Translate(t text.Text) string {
	return f.Theme.ReplaceMissingGlyphs(words.StripControl(t.In(f.Lang)))
}

// Wrap breaks text into lines of at most width cells, between words but not after a number: "27 november" and "06 12 34 56 78"
// are not broken. Empty lines in the text stay.
func (f Frame) Wrap(text string, width int) []string {
	return words.Wrap(words.KeepTogether(text, isAfterNumber), width)
}

// isAfterNumber reports whether a space is between a number and a word or another number, from the bytes before and after it.
func isAfterNumber(before, after byte) bool {
	isDigit := func(b byte) bool { return '0' <= b && b <= '9' }
	return isDigit(before) && (isDigit(after) || 'a' <= after|0x20 && after|0x20 <= 'z')
}

// DrawTitle draws the title of a page. Unless the frame is tight, it adds an empty line.
func (f Frame) DrawTitle(t text.Text) []string {
	lines := StyleLines(f.Theme.Title, f.Wrap(f.Translate(t), f.Width))
	if f.Tight {
		return lines
	}
	return append(lines, "")
}

// StyleLines draws each line in a style separately, so that no style runs on into the next
// line.
func StyleLines(style theme.Style, lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = style.Render(line)
	}
	return out
}

// Pad makes a line exactly width cells wide. It cuts longer lines.
func Pad(line string, width int) string {
	if Width(line) > width {
		line = ansi.Truncate(line, width, "")
	}
	return line + strings.Repeat(" ", width-Width(line))
}

// AlignBothEnds puts left and right at the two ends of a line of width cells. It leaves out right if
// they do not fit.
func AlignBothEnds(left, right string, width int) string {
	gap := width - Width(left) - Width(right)
	if gap < 1 {
		return Pad(left, width)
	}
	return left + strings.Repeat(" ", gap) + right
}

// AddFocusMarker puts the marker before a label that has the focus, and the same number of spaces
// before any other label.
func (f Frame) AddFocusMarker(label string, focused bool) string {
	if !focused {
		return "  " + label
	}
	return f.Theme.Accent.Render(theme.FocusMarker) + " " + label
}

// Highlight draws a line of an item. If the item has the focus, the line is a highlighted bar of width cells.
func (f Frame) Highlight(line string, focused bool, width int) string {
	if !focused {
		return line
	}
	return f.Theme.Chosen.Render(Pad(ansi.Strip(line), width))
}

// DrawMuted draws a line in a weak style, because a dialog or a panel has the focus instead of its page.
func (f Frame) DrawMuted(line string) string {
	return f.Theme.Muted.Render(strings.ReplaceAll(ansi.Strip(line), theme.FocusMarker, " "))
}

// NewCursor returns the real cursor of the terminal at x, y. It is a bar, which hides no letter. A screen puts the cursor in
// the field that has the focus, or at the first letter of the item that has it.
func NewCursor(x, y int) *tea.Cursor {
	c := tea.NewCursor(x, y)
	c.Shape, c.Blink = tea.CursorBar, false
	return c
}

const FocusMarkerWidth = len("> ")
