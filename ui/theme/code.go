package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"rsc.io/qr"
)

// Glyphs of a code, where a cell holds two modules. Not every console font has them.
const (
	upper = "▀"
	lower = "▄"
)

// quiet is how many light modules a code has around it (ISO/IEC 18004, 6.3.8).
const quiet = 4

// A Code is a QR code, with the quiet zone that it needs: a square of modules that
// are light or dark. The zero value has none.
type Code struct{ of *qr.Code }

// NewCode encodes text with as much to mend it by as there is room for: no level
// that would make the code larger. Text that is too long gives the zero value.
func NewCode(text string) (c Code) {
	for level := qr.L; level <= qr.H; level++ {
		next, err := qr.Encode(text, level)
		if err != nil || c.of != nil && next.Size > c.of.Size {
			break
		}
		c.of = next
	}
	return c
}

// Size is how many modules a side has, with the quiet zone.
func (c Code) Size() int {
	if c.of == nil {
		return 0
	}
	return c.of.Size + 2*quiet
}

// light reports whether a module is. Below the last one nothing is.
func (c Code) light(x, y int) bool {
	return y < c.Size() && !c.of.Black(x-quiet, y-quiet)
}

// Code draws a code, light modules as glyphs: two of them in a cell or, with the
// font of a Linux console, each in two cells. It is white on black whatever the
// terminal is, and with no colours as light as letters are.
func (t Theme) Code(c Code) []string {
	var lines []string
	high := 2
	if t.Console {
		high = 1
	}
	for y := 0; y < c.Size(); y += high {
		var line strings.Builder
		for x := range c.Size() {
			if t.Console {
				line.WriteString(strings.Repeat(module(c.light(x, y), c.light(x, y)), 2))
			} else {
				line.WriteString(module(c.light(x, y), c.light(x, y+1)))
			}
		}
		style := t.Module
		if y+high > c.Size() {
			style = style.UnsetBackground() // of the half below the last modules
		}
		lines = append(lines, style.Render(line.String()))
	}
	return lines
}

// module is the glyph of two modules, one above the other.
func module(above, below bool) string {
	switch {
	case above && below:
		return Full
	case above:
		return upper
	case below:
		return lower
	}
	return " "
}

// modules is the style of a code: the whitest white on the blackest black that the
// terminal has. What is white or black among its 16 colours may be up to its owner.
func modules(profile colorprofile.Profile) lipgloss.Style {
	var white, black color.Color
	switch {
	case profile >= colorprofile.TrueColor:
		white, black = lipgloss.Color("#FFFFFF"), lipgloss.Color("#000000")
	case profile == colorprofile.ANSI256:
		white, black = lipgloss.Color("231"), lipgloss.Color("16")
	case profile == colorprofile.ANSI:
		white, black = lipgloss.BrightWhite, lipgloss.Black
	default:
		return lipgloss.NewStyle()
	}
	return lipgloss.NewStyle().Foreground(white).Background(black)
}
