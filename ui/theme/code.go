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
	upperHalfBlock = "▀"
	lowerHalfBlock = "▄"
)

// quietZone is how many light modules a code has around it (ISO/IEC 18004, 6.3.8).
const quietZone = 4

// A QRCode is a QR code, with the quiet zone that it needs: a square of modules that
// are light or dark. The zero value has none.
type QRCode struct{ code *qr.Code }

// NewQRCode encodes text with as much to mend it by as there is room for: no level
// that would make the code larger. Text that is too long gives the zero value.
func NewQRCode(text string) (c QRCode) {
	for level := qr.L; level <= qr.H; level++ {
		next, err := qr.Encode(text, level)
		if err != nil || c.code != nil && next.Size > c.code.Size {
			break
		}
		c.code = next
	}
	return c
}

// SideLength is how many modules a side has, with the quiet zone.
func (c QRCode) SideLength() int {
	if c.code == nil {
		return 0
	}
	return c.code.Size + 2*quietZone
}

// isLight reports whether a module is. Below the last one nothing is.
func (c QRCode) isLight(x, y int) bool {
	return y < c.SideLength() && !c.code.Black(x-quietZone, y-quietZone)
}

// DrawCode draws a code, light modules as glyphs: two of them in a cell or, with the
// font of a Linux console, each in two cells. It is white on black whatever the
// terminal is, and with no colours as light as letters are.
func (t Theme) DrawCode(c QRCode) []string {
	var lines []string
	high := 2
	if t.IsConsole {
		high = 1
	}
	for y := 0; y < c.SideLength(); y += high {
		var line strings.Builder
		for x := range c.SideLength() {
			if t.IsConsole {
				line.WriteString(strings.Repeat(moduleGlyph(c.isLight(x, y), c.isLight(x, y)), 2))
			} else {
				line.WriteString(moduleGlyph(c.isLight(x, y), c.isLight(x, y+1)))
			}
		}
		style := t.QRModule
		if y+high > c.SideLength() {
			style = style.UnsetBackground() // of the half below the last modules
		}
		lines = append(lines, style.Render(line.String()))
	}
	return lines
}

// moduleGlyph is the glyph of two modules, one above the other.
func moduleGlyph(above, below bool) string {
	switch {
	case above && below:
		return FullBlock
	case above:
		return upperHalfBlock
	case below:
		return lowerHalfBlock
	}
	return " "
}

// moduleStyle is the style of a code: the whitest white on the blackest black that the
// terminal has. What is white or black among its 16 colours may be up to its owner.
func moduleStyle(profile colorprofile.Profile) lipgloss.Style {
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
