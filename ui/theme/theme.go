// Package theme is the only place that knows a colour or a glyph. Sixteen
// colours suffice for it, and none suffices: whatever a colour says is also
// said by weight, by a glyph or in words (R15). Glyphs are those of the Linux
// console's fonts.
package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/flows/dutch"
)

// Glyphs that every console font has.
const (
	Marker  = "▶" // before what is chosen
	Bullet  = "•"
	Between = "·"
	Full    = "█" // of a bar or a chart
	Shade   = "░" // what is left of a bar
	Rising  = "▲"
	Falling = "▼"
	Line    = "─"
	Right   = "■" // a rule that holds
	Open    = "·" // a rule that does not hold yet
	Attend  = "!" // before what must be mended
	UpDown  = "↑↓"
)

// Theme is how everything looks on one terminal.
type Theme struct {
	Contrast bool // nothing is dimmed, and what matters is reversed
	Console  bool // a Linux console, whose font has no € and no …

	Text     lipgloss.Style
	Title    lipgloss.Style // a screen's heading
	Strong   lipgloss.Style
	Muted    lipgloss.Style // what may be overlooked
	Accent   lipgloss.Style // the one colour of the house
	Chosen   lipgloss.Style // the item or field that has the focus
	Good     lipgloss.Style
	Bad      lipgloss.Style // what must be mended
	Rule     lipgloss.Style // lines between things
	Key      lipgloss.Style // a key to press
	Demo     lipgloss.Style // the mark of the demo
	Dialog   lipgloss.Style // the frame around a question
	Positive lipgloss.Style // money that came
}

// New is the theme for a terminal with such colours.
func New(profile colorprofile.Profile, console, contrast bool) Theme {
	pick := lipgloss.Complete(profile)
	orange := pick(lipgloss.Color("3"), lipgloss.Color("208"), lipgloss.Color("#EE7F00"))
	grey := pick(lipgloss.Color("8"), lipgloss.Color("244"), lipgloss.Color("#808080"))
	green := pick(lipgloss.Color("2"), lipgloss.Color("35"), lipgloss.Color("#1FA35B"))
	red := pick(lipgloss.Color("1"), lipgloss.Color("167"), lipgloss.Color("#D75F5F"))

	plain := lipgloss.NewStyle()
	bold := plain.Bold(true)
	t := Theme{
		Contrast: contrast, Console: console,
		Text: plain, Title: bold, Strong: bold,
		Muted: plain.Foreground(grey), Accent: plain.Foreground(orange), Chosen: bold,
		Good: plain.Foreground(green), Bad: bold.Foreground(red), Positive: plain.Foreground(green),
		Rule: plain.Foreground(grey), Key: bold, Demo: plain.Foreground(orange),
		Dialog: plain.Border(lipgloss.NormalBorder()).BorderForeground(orange).Padding(1, 3),
	}
	if contrast {
		t.Muted, t.Accent, t.Rule, t.Demo = plain, bold, plain, bold
		t.Good, t.Bad, t.Positive = bold, bold, bold
		t.Chosen = bold.Reverse(true)
		t.Dialog = plain.Border(lipgloss.DoubleBorder()).Padding(1, 3)
	}
	return t
}

// spell replaces what a Linux console's font lacks.
var spell = strings.NewReplacer("€", "EUR", "…", "...", "“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-")

// Spell writes s with the glyphs that the terminal has.
func (t Theme) Spell(s string) string {
	if t.Console {
		return spell.Replace(s)
	}
	return s
}

// Euro is the sign before an amount.
func (t Theme) Euro() dutch.Sign {
	if t.Console {
		return dutch.EUR
	}
	return dutch.Euro
}

// Bar draws a part of a whole, from 0 to 1, width wide.
func (t Theme) Bar(part float64, width int) string {
	full := min(max(int(part*float64(width)+0.5), 0), width)
	return t.Accent.Render(strings.Repeat(Full, full)) + t.Rule.Render(strings.Repeat(Shade, width-full))
}

// Across draws a line from side to side.
func (t Theme) Across(width int) string { return t.Rule.Render(strings.Repeat(Line, max(width, 0))) }
