// Package theme is the only place that knows a colour or a glyph. Sixteen
// colours suffice for it, and none suffices: whatever a colour says is also
// said by weight, by a glyph or in words (R15). Glyphs are those of the Linux
// console's fonts, but for large figures, which it has of its own.
//
// Nobody knows what colours a terminal has, and no terminal is asked. So letters are in
// its own colour or, where there is a colour under them too, in a pair whose contrast is
// known. Only drawings are in a colour alone. The Linux console is black, and its
// colours are the desk's.
//
// It stands on lipgloss, and of the desk on texts and dates alone. Start at Theme.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/flows/dutch"
)

// Glyphs that every console font has.
const (
	FocusMarker = "▶" // before what is chosen
	Bullet      = "•"
	Separator   = "·"
	FullBlock   = "█" // of a bar or a chart
	LightBlock  = "░" // what is left of a bar
	RisingMark  = "▲"
	FallingMark = "▼"
	RuleGlyph   = "─"
	ProblemMark = "!" // before what must be mended
	UpDown      = "↑↓"
)

// Theme is how everything looks on one terminal.
type Theme struct {
	Name      Name
	IsConsole bool // a Linux console, whose font has no € and no …
	Gap       int  // lines that things to choose stand apart, if there is room
	Roomy     bool // things stand apart even where they do not all fit

	// Background and Foreground are the colours of the whole terminal; its own, if nil.
	Background, Foreground color.Color

	Text       lipgloss.Style
	Title      lipgloss.Style // a screen's heading
	Strong     lipgloss.Style
	Muted      lipgloss.Style // what may be overlooked
	Accent     lipgloss.Style // of drawings: marks, edges and bars
	BankName   lipgloss.Style // the name of the house
	Chosen     lipgloss.Style // the row that has the focus
	Next       lipgloss.Style // the button of the next step
	NextChosen lipgloss.Style // its row, while it has the focus
	Good       lipgloss.Style
	Bad        lipgloss.Style // what must be mended
	Problem    lipgloss.Style // the mark before that
	Rule       lipgloss.Style // lines between things
	Key        lipgloss.Style // a key to press
	Notice     lipgloss.Style // what comes up and is not to be overlooked
	Dialog     lipgloss.Style // the frame around a question
	Positive   lipgloss.Style // money that came
	QRModule   lipgloss.Style // of a code that phones read
}

// New is a theme for a terminal with such colours.
func New(name Name, profile colorprofile.Profile, console bool) Theme {
	plain := lipgloss.NewStyle()
	bold := plain.Bold(true)
	chosen := bold.Reverse(true)
	t := Theme{
		Name: name, IsConsole: console, Gap: 1,
		Text: plain, Title: bold, Strong: bold, Key: bold, Muted: plain, Rule: plain, Good: plain, Positive: plain,
		Accent: bold, BankName: bold, Bad: bold, Problem: bold, Next: bold,
		Chosen: chosen, NextChosen: chosen, Notice: chosen, QRModule: moduleStyle(profile),
		Dialog: plain.Border(lipgloss.NormalBorder()).Padding(1, 3),
	}
	switch {
	case name.hasContrast():
		t.Dialog = t.Dialog.Border(lipgloss.DoubleBorder())
		if profile >= colorprofile.ANSI && !console {
			t.setPaper(lipgloss.Color("#000000"), lipgloss.Color("#FFFFFF"))
		}
	case console && profile >= colorprofile.ANSI:
		t.setConsoleColours()
	case profile >= colorprofile.ANSI256:
		t.setPairs()
	}
	if name.isSpacious() {
		t.Gap, t.Roomy = 2, true
	}
	return t
}

// setPaper gives the whole terminal these colours. The focus has them by name, because
// there are terminals that reverse the colours that they had before.
func (t *Theme) setPaper(paper, ink color.Color) {
	t.Background, t.Foreground = paper, ink
	reversed := lipgloss.NewStyle().Bold(true).Foreground(paper).Background(ink)
	t.Chosen, t.NextChosen, t.Notice = reversed, reversed, reversed
}

// setPairs brings what colours there can be on a terminal whose own nobody knows.
func (t *Theme) setPairs() {
	t.setAccent(orange)
	next := lipgloss.NewStyle().Bold(true).Foreground(black).Background(orange)
	t.Next, t.NextChosen, t.BankName = next, next, next.Padding(0, 1)
	t.Problem = lipgloss.NewStyle().Bold(true).Foreground(white).Background(red)
}

// setConsoleColours brings those of a Linux console.
func (t *Theme) setConsoleColours() {
	t.setAccent(consoleOrange)
	t.Next, t.BankName = t.Next.Foreground(consoleOrange), t.BankName.Foreground(consoleOrange)
	t.Muted, t.Rule = t.Muted.Foreground(consoleGrey), t.Rule.Foreground(consoleGrey)
	t.Good, t.Positive = t.Good.Foreground(consoleGreen), t.Positive.Foreground(consoleGreen)
	t.Bad, t.Problem = t.Bad.Foreground(consoleRed), t.Problem.Foreground(consoleRed)
}

func (t *Theme) setAccent(c color.Color) {
	t.Accent = lipgloss.NewStyle().Foreground(c)
	t.Dialog = t.Dialog.BorderForeground(c)
}

// consoleGlyphs replaces what a Linux console's font lacks.
var consoleGlyphs = strings.NewReplacer("€", "EUR", "…", "...", "“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-")

// WithGlyphs writes s with the glyphs that the terminal has.
func (t Theme) WithGlyphs(s string) string {
	if t.IsConsole {
		return consoleGlyphs.Replace(s)
	}
	return s
}

// EuroSign is the sign before an amount.
func (t Theme) EuroSign() dutch.EuroSign {
	if t.IsConsole {
		return dutch.SignEUR
	}
	return dutch.SignEuro
}

// DrawBar draws a part of a whole, from 0 to 1, width wide.
func (t Theme) DrawBar(part float64, width int) string {
	full := min(max(int(part*float64(width)+0.5), 0), width)
	return t.Accent.Render(strings.Repeat(FullBlock, full)) + t.Rule.Render(strings.Repeat(LightBlock, width-full))
}

// DrawEdge draws the edge between two things that stand side by side.
func (t Theme) DrawEdge() string { return t.Rule.Render("│") }

// DrawRule draws a line from side to side.
func (t Theme) DrawRule(width int) string {
	return t.Rule.Render(strings.Repeat(RuleGlyph, max(width, 0)))
}
