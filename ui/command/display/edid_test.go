package display

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// An edid is what a monitor reports about itself, as far as it is about its size.
type edid struct {
	mode          mode
	centimetres   [2]byte // centimetres are the width and height that every monitor has.
	width, height int     // width and height are those of the detailed timing, in millimetres.
}

// bytes returns the first block of the data (VESA E-EDID, 3).
func (e edid) bytes() []byte {
	data := make([]byte, edidLength)
	copy(data, edidHeader)
	data[18], data[19] = 1, 3
	data[21], data[22] = e.centimetres[0], e.centimetres[1]
	timing := data[54:]
	timing[0], timing[1] = 0x02, 0x3A // The pixel clock, 148.5 MHz.
	timing[2], timing[4] = byte(e.mode.width), byte(e.mode.width>>8<<4)
	timing[5], timing[7] = byte(e.mode.height), byte(e.mode.height>>8<<4)
	timing[12], timing[13], timing[14] = byte(e.width), byte(e.height), byte(e.width>>8<<4|e.height>>8)
	for _, b := range data[:edidLength-1] {
		data[edidLength-1] -= b
	}
	return data
}

// The monitors of the tests: their sizes are those of common ones.
var (
	desktop24 = edid{mode{1920, 1080}, [2]byte{53, 30}, 527, 296}
	desktop4K = edid{mode{3840, 2160}, [2]byte{53, 30}, 527, 296}
	touch10   = edid{mode{1280, 800}, [2]byte{22, 14}, 217, 136}
	panel32   = edid{mode{1920, 1080}, [2]byte{70, 39}, 698, 393}
)

// TestEDID checks which size is read of monitors, also of those that report nonsense.
func TestEDID(t *testing.T) {
	damaged := desktop24.bytes()
	damaged[21]++
	for name, c := range map[string]struct {
		data []byte
		want millimetres
	}{
		"exact size":            {desktop24.bytes(), millimetres{527, 296}},
		"4K":                    {desktop4K.bytes(), millimetres{527, 296}},
		"no detailed size":      {edid{mode{1920, 1080}, [2]byte{53, 30}, 0, 0}.bytes(), millimetres{530, 300}},
		"only a detailed size":  {edid{mode{1920, 1080}, [2]byte{0, 0}, 527, 296}.bytes(), millimetres{527, 296}},
		"ratio as centimetres":  {edid{mode{1920, 1080}, [2]byte{16, 9}, 0, 0}.bytes(), millimetres{}},
		"ratio as millimetres":  {edid{mode{1920, 1080}, [2]byte{53, 30}, 160, 90}.bytes(), millimetres{530, 300}},
		"ratio in both":         {edid{mode{1920, 1080}, [2]byte{160, 90}, 1600, 900}.bytes(), millimetres{}},
		"centimetres in timing": {edid{mode{1920, 1080}, [2]byte{53, 30}, 53, 30}.bytes(), millimetres{530, 300}},
		"projector":             {edid{mode{1920, 1080}, [2]byte{0, 0}, 0, 0}.bytes(), millimetres{}},
		"only an aspect ratio":  {edid{mode{1920, 1080}, [2]byte{79, 0}, 0, 0}.bytes(), millimetres{}},
		"not its shape":         {edid{mode{1920, 1080}, [2]byte{30, 30}, 300, 300}.bytes(), millimetres{}},
		"wrong sum":             {damaged, millimetres{}},
		"cut off":               {desktop24.bytes()[:100], millimetres{}},
		"empty":                 {nil, millimetres{}},
		"zeros":                 {make([]byte, edidLength), millimetres{}},
		"with an extension":     {append(desktop24.bytes(), make([]byte, edidLength)...), millimetres{527, 296}},
	} {
		pixels := mode{1920, 1080}
		if name == "4K" {
			pixels = desktop4K.mode
		}
		if got := parseEDID(c.data, pixels); got != c.want {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
}

// TestAnyEDID checks that no data makes the desk believe in an impossible monitor, and that damage of one byte is noticed.
func TestAnyEDID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := desktop24.bytes()
		if rapid.Bool().Draw(t, "damaged") {
			i := rapid.IntRange(0, edidLength-1).Draw(t, "byte")
			data[i] += byte(rapid.IntRange(1, 255).Draw(t, "by"))
			if got := parseEDID(data, desktop24.mode); got != (millimetres{}) {
				t.Errorf("believes %v", got)
			}
			return
		}
		data = slices.Concat(edidHeader, rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "data"))
		if got := parseEDID(data, desktop24.mode); got != (millimetres{}) && !got.isPlausible(desktop24.mode) {
			t.Errorf("believes %v", got)
		}
	})
}
