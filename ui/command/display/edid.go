package display

import (
	"bytes"
	"math"
	"slices"
)

// millimetres is the width and height of the picture of a monitor. Zero means that these are unknown.
type millimetres struct{ width, height float64 }

// edidHeader is how the data of a monitor begins (VESA E-EDID, 3.3).
var edidHeader = []byte{0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0}

// edidLength is the length of the first block, which has the size.
const edidLength = 128

// ratioSizes are sizes that monitors report when they mean only that the ratio is 16:9 or 16:10.
var ratioSizes = []millimetres{{160, 90}, {160, 100}, {1600, 900}, {1600, 1000}}

// parseEDID returns the size that a monitor reports about itself. It is zero if the data is damaged, or if the size cannot be
// that of a monitor with square pixels in the given mode.
func parseEDID(edid []byte, pixels mode) millimetres {
	if len(edid) < edidLength || !bytes.HasPrefix(edid, edidHeader) || hasWrongSum(edid[:edidLength]) {
		return millimetres{}
	}
	rough := millimetres{float64(edid[21]) * 10, float64(edid[22]) * 10}
	exact := timingSize(edid[54:72])
	if !exact.isPlausible(pixels) || rough.isPlausible(pixels) && !exact.isNear(rough) {
		exact = rough
	}
	if !exact.isPlausible(pixels) {
		return millimetres{}
	}
	return exact
}

// hasWrongSum reports whether the bytes of a block do not add up to zero.
func hasWrongSum(block []byte) bool {
	var sum byte
	for _, b := range block {
		sum += b
	}
	return sum != 0
}

// timingSize returns the size in a detailed timing descriptor (VESA E-EDID, 3.10.2). It is zero if the descriptor has no timing.
func timingSize(descriptor []byte) millimetres {
	if descriptor[0] == 0 && descriptor[1] == 0 {
		return millimetres{}
	}
	high := int(descriptor[14])
	return millimetres{float64(int(descriptor[12]) | high>>4<<8), float64(int(descriptor[13]) | high&0xF<<8)}
}

// isPlausible reports whether a monitor can have this size.
func (m millimetres) isPlausible(pixels mode) bool {
	const smallest, largest = 75, 3000 // These are diagonals in millimetres, of 3 and 118 inches.
	if m.width == 0 || m.height == 0 || slices.Contains(ratioSizes, m) || !isBetween(m.diagonal(), smallest, largest) {
		return false
	}
	return isBetween(m.width/float64(pixels.width)*float64(pixels.height)/m.height, 0.8, 1.25)
}

// isNear reports whether two sizes differ by no more than rounding to a centimetre does.
func (m millimetres) isNear(o millimetres) bool {
	return math.Abs(m.width-o.width) <= 10 && math.Abs(m.height-o.height) <= 10
}

func (m millimetres) diagonal() float64 { return math.Hypot(m.width, m.height) }

func isBetween(n, least, most float64) bool { return least <= n && n <= most }
