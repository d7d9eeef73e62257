// Package theme is the only place that knows a colour or a glyph. Sixteen
// colours suffice for it, and none suffices: whatever a colour says is also
// said by weight, by a glyph or in words (R15). Glyphs are those of the Linux
// console's fonts.
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
	Marker      = "▶" // before what is chosen
	Bullet      = "•"
	Between     = "·"
	FullBlock   = "█" // of a bar or a chart
	LightBlock  = "░" // what is left of a bar
	RisingMark  = "▲"
	FallingMark = "▼"
	Line        = "─"
	RuleMet     = "■" // a rule that holds
	RuleNotMet  = "·" // a rule that does not hold yet
	ProblemMark = "!" // before what must be mended
	UpDown      = "↑↓"
)

// Theme is how everything looks on one terminal.
type Theme struct {
	Name    Name
	Console bool // a Linux console, whose font has no € and no …
	Gap     int  // lines that things to choose stand apart, if there is room
	Wide    bool // the focus takes the width of the screen

	// Paper and Ink are the colours of the whole terminal; its own, if nil.
	Paper, Ink color.Color

	Text     lipgloss.Style
	Title    lipgloss.Style // a screen's heading
	Strong   lipgloss.Style
	Muted    lipgloss.Style // what may be overlooked
	Accent   lipgloss.Style // the one colour of the house: on marks and bars
	House    lipgloss.Style // the name of the house
	Chosen   lipgloss.Style // the item or field that has the focus
	Good     lipgloss.Style
	Bad      lipgloss.Style // what must be mended
	Rule     lipgloss.Style // lines between things
	Key      lipgloss.Style // a key to press
	Demo     lipgloss.Style // the mark of the demo
	Notice   lipgloss.Style // what comes up and is not to be overlooked
	Dialog   lipgloss.Style // the frame around a question
	Positive lipgloss.Style // money that came
	Module   lipgloss.Style // of a code that phones read
}

// New is a theme for a terminal with such colours.
func New(name Name, profile colorprofile.Profile, console bool) Theme {
	plain := lipgloss.NewStyle()
	bold := plain.Bold(true)
	t := Theme{
		Name: name, Console: console, Gap: 1,
		Text: plain, Title: bold, Strong: bold, Chosen: bold, Key: bold, Notice: bold.Reverse(true),
		Muted: plain, Rule: plain, Good: plain, Positive: plain, Accent: bold, House: bold, Bad: bold, Demo: bold, Module: moduleStyle(profile),
		Dialog: plain.Border(lipgloss.NormalBorder()).Padding(1, 3),
	}
	if name.hasContrast() {
		t.Chosen = bold.Reverse(true)
		t.Dialog = plain.Border(lipgloss.DoubleBorder()).Padding(1, 3)
		if profile >= colorprofile.ANSI && !console {
			t.Paper, t.Ink = lipgloss.Color("#000000"), lipgloss.Color("#FFFFFF")
		}
	} else {
		t.setColours(terminalInks(profile, console))
	}
	if name.isSpacious() {
		t.Gap, t.Wide, t.Muted, t.Chosen = 2, true, plain, bold.Reverse(true)
	}
	return t
}

// setColours brings colours to a theme.
func (t *Theme) setColours(in inks) {
	t.Muted, t.Rule = t.Muted.Foreground(in.grey), t.Rule.Foreground(in.grey)
	t.Good, t.Positive, t.Bad = t.Good.Foreground(in.green), t.Positive.Foreground(in.green), t.Bad.Foreground(in.red)
	t.Accent = lipgloss.NewStyle().Foreground(in.orange)
	t.House, t.Demo = t.House.Foreground(in.orange), t.Accent
	t.Dialog = t.Dialog.BorderForeground(in.orange)
}

// consoleGlyphs replaces what a Linux console's font lacks.
var consoleGlyphs = strings.NewReplacer("€", "EUR", "…", "...", "“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-")

// WithGlyphs writes s with the glyphs that the terminal has.
func (t Theme) WithGlyphs(s string) string {
	if t.Console {
		return consoleGlyphs.Replace(s)
	}
	return s
}

// EuroSign is the sign before an amount.
func (t Theme) EuroSign() dutch.Sign {
	if t.Console {
		return dutch.EUR
	}
	return dutch.Euro
}

// DrawBar draws a part of a whole, from 0 to 1, width wide.
func (t Theme) DrawBar(part float64, width int) string {
	full := min(max(int(part*float64(width)+0.5), 0), width)
	return t.Accent.Render(strings.Repeat(FullBlock, full)) + t.Rule.Render(strings.Repeat(LightBlock, width-full))
}

// DrawRule draws a line from side to side.
func (t Theme) DrawRule(width int) string { return t.Rule.Render(strings.Repeat(Line, max(width, 0))) }
