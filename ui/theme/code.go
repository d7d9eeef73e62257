package theme

import (
	"strings"

	"rsc.io/qr"
)

// The glyphs of a QR code whose cells show two modules each. Some console fonts do not have them.
const (
	upperHalfBlock = "▀"
	lowerHalfBlock = "▄"
)

// quietZone is the number of light modules around a QR code (ISO/IEC 18004, 6.3.8).
const quietZone = 4

// A QRCode is a QR code with its quiet zone, as a square of light and dark modules. The zero value is an empty code.
type QRCode struct{ code *qr.Code }

// NewQRCode encodes text as the smallest possible QR code, with the most error correction that fits in that size. If the text
// is too long, it returns the zero value.
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

// SideLength returns the number of modules on a side of the code, including the quiet zone.
func (c QRCode) SideLength() int {
	if c.code == nil {
		return 0
	}
	return c.code.Size + 2*quietZone
}

// isLight reports whether the module at x, y is light. It returns false below the last line.
func (c QRCode) isLight(x, y int) bool {
	return y < c.SideLength() && !c.code.Black(x-quietZone, y-quietZone)
}

// DrawCode draws a QR code with glyphs for the light modules. A cell shows two modules. On a Linux console, whose font has no
// half blocks, each module takes two cells. The code is white on black if the terminal has colours, and otherwise in the
// colours of its text.
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
			style = newStyle(style.UnsetBackground()) // The lower half of these cells is below the last line of the code.
		}
		lines = append(lines, style.Render(line.String()))
	}
	return lines
}

// moduleGlyph returns the glyph of a cell with two modules, one above the other.
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
