// Package theme has all colours and glyphs of the desk. No other package names a colour or a glyph. Every colour also has
// another sign, such as bold text, a glyph or words, so that the desk can be used without colours (R15). All glyphs are in the
// fonts of the Linux console, except for large figures, which have a variant for the console.
//
// The desk does not know the colours of a terminal, and does not ask for them. So text has the terminal's own colour, or a
// colour together with a background of known contrast. Only graphics have a colour on the terminal's own background. A Linux
// console is black, and the desk sets its palette.
//
// Start at Theme.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/flows/dutch"
)

// The glyphs that every console font has.
const (
	FocusMarker  = "▶" // FocusMarker comes before the item that has the focus.
	Bullet       = "•"
	Separator    = "·"
	FullBlock    = "█" // FullBlock is the filled part of a bar or chart.
	LightBlock   = "░" // LightBlock is the empty part of a bar.
	RisingMark   = "▲"
	FallingMark  = "▼"
	RuleGlyph    = "─"
	ProblemMark  = "!" // ProblemMark comes before the description of a problem.
	UpDownArrows = "↑↓"
)

// Theme has the styles and glyphs for one terminal.
type Theme struct {
	Name      Name
	IsConsole bool // IsConsole is true on a Linux console, whose font has no € and no ….
	Gap       int  // Gap is the number of empty lines between choices, if there is room.
	Roomy     bool // Roomy is true if choices have gaps even if they then do not all fit on the page.

	// Background and Foreground are the colours of the whole terminal. Nil means the terminal's own colour.
	Background, Foreground color.Color

	Text       Style
	Title      Style // Title is the style of the heading of a screen.
	Strong     Style
	Muted      Style // Muted is the style of less important text.
	Accent     Style // Accent is the style of graphics: marks, edges and bars.
	BankName   Style // BankName is the style of the name of the bank.
	Chosen     Style // Chosen is the style of the row that has the focus.
	Next       Style // Next is the style of the button that goes to the next step.
	NextChosen Style // NextChosen is the style of the row of that button while it has the focus.
	Good       Style
	Bad        Style           // Bad is the style of the description of a problem.
	Problem    Style           // Problem is the style of the mark before that description.
	Rule       Style           // Rule is the style of lines between parts of the screen.
	Key        Style           // Key is the style of the name of a key.
	Notice     Style           // Notice is the style of messages that the visitor must not overlook.
	Dialog     *lipgloss.Style // Dialog is the style of the frame around a question.
	Positive   Style           // Positive is the style of money that came in.
	QRModule   Style           // QRModule is the style of a QR code.
}

// New returns the theme with the given name for a terminal. profile says which colours the terminal has. console is true for a
// Linux console.
func New(name Name, profile colorprofile.Profile, console bool) Theme {
	plain := newStyle(lipgloss.NewStyle())
	bold := newStyle(plain.Bold(true))
	chosen := newStyle(bold.Reverse(true))
	t := Theme{
		Name: name, IsConsole: console, Gap: 1,
		Text: plain, Title: bold, Strong: bold, Key: bold, Muted: plain, Rule: plain, Good: plain, Positive: plain,
		Accent: bold, BankName: bold, Bad: bold, Problem: bold, Next: bold,
		Chosen: chosen, NextChosen: chosen, Notice: chosen, QRModule: moduleStyle(profile),
		Dialog: new(plain.Border(lipgloss.NormalBorder()).Padding(1, 3)),
	}
	switch {
	case name.hasContrast():
		t.Dialog = new(t.Dialog.Border(lipgloss.DoubleBorder()))
		if profile >= colorprofile.ANSI && !console {
			t.setTerminalColours(lipgloss.Color("#000000"), lipgloss.Color("#FFFFFF"))
		}
	case console && profile >= colorprofile.ANSI:
		t.setConsoleColours()
	case profile >= colorprofile.ANSI256:
		t.setColourPairs()
	}
	if name.isSpacious() {
		t.Gap, t.Roomy = 2, true
	}
	return t
}

// setTerminalColours sets the colours of the whole terminal. Reversed rows name both colours, because some terminals reverse the colours
// that they had before.
func (t *Theme) setTerminalColours(paper, ink color.Color) {
	t.Background, t.Foreground = paper, ink
	reversed := newStyle(lipgloss.NewStyle().Bold(true).Foreground(paper).Background(ink))
	t.Chosen, t.NextChosen, t.Notice = reversed, reversed, reversed
}

// setColourPairs sets the colours for a terminal whose own colours are unknown.
func (t *Theme) setColourPairs() {
	t.setAccent(orange)
	next := newStyle(lipgloss.NewStyle().Bold(true).Foreground(black).Background(orange))
	t.Next, t.NextChosen, t.BankName = next, next, newStyle(next.Padding(0, 1))
	t.Problem = newStyle(lipgloss.NewStyle().Bold(true).Foreground(white).Background(red))
}

// setConsoleColours sets the colours for a Linux console.
func (t *Theme) setConsoleColours() {
	t.setAccent(consoleOrange)
	for c, styles := range map[color.Color][]*Style{
		consoleOrange: {&t.Next, &t.BankName}, consoleGrey: {&t.Muted, &t.Rule}, consoleGreen: {&t.Good, &t.Positive}, consoleRed: {&t.Bad, &t.Problem},
	} {
		for _, style := range styles {
			*style = newStyle(style.Foreground(c))
		}
	}
}

func (t *Theme) setAccent(c color.Color) {
	t.Accent = newStyle(lipgloss.NewStyle().Foreground(c))
	t.Dialog = new(t.Dialog.BorderForeground(c))
}

// consoleGlyphs replaces glyphs that the font of a Linux console does not have.
var consoleGlyphs = strings.NewReplacer("€", "EUR", "…", "...", "“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-")

// ReplaceMissingGlyphs returns s with only the glyphs that the terminal has.
func (t Theme) ReplaceMissingGlyphs(s string) string {
	if t.IsConsole {
		return consoleGlyphs.Replace(s)
	}
	return s
}

// EuroSign returns the sign before an amount, "€" or "EUR".
func (t Theme) EuroSign() dutch.EuroSign {
	if t.IsConsole {
		return dutch.SignEUR
	}
	return dutch.SignEuro
}

// DrawBar draws a bar of width cells. part is the filled part, from 0 to 1.
func (t Theme) DrawBar(part float64, width int) string {
	full := min(max(int(part*float64(width)+0.5), 0), width)
	return t.Accent.Render(strings.Repeat(FullBlock, full)) + t.Rule.Render(strings.Repeat(LightBlock, width-full))
}

// DrawEdge draws the edge between two parts of the screen that are side by side.
func (t Theme) DrawEdge() string { return t.Rule.Render("│") }

// DrawRule draws a horizontal line.
func (t Theme) DrawRule(width int) string {
	return t.Rule.Render(strings.Repeat(RuleGlyph, max(width, 0)))
}

// moduleStyle returns the style of a QR code: white on black. It prefers colours outside the first 16, because users can
// change those 16 on many terminals.
func moduleStyle(profile colorprofile.Profile) Style {
	var white, black color.Color
	switch {
	case profile >= colorprofile.TrueColor:
		white, black = lipgloss.Color("#FFFFFF"), lipgloss.Color("#000000")
	case profile == colorprofile.ANSI256:
		white, black = lipgloss.Color("231"), lipgloss.Color("16")
	case profile == colorprofile.ANSI:
		white, black = lipgloss.BrightWhite, lipgloss.Black
	default:
		return newStyle(lipgloss.NewStyle())
	}
	return newStyle(lipgloss.NewStyle().Foreground(white).Background(black))
}
