package display

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// A connector is a connector of a graphics card, with the monitor on it.
type connector struct {
	name  string
	edid  []byte
	modes string // modes is empty if nothing is connected.
}

// connected returns a connector with a monitor.
func connected(name string, e edid) connector {
	return connector{name, e.bytes(), fmt.Sprintf("%dx%d\n1024x768\n640x480\n", e.mode.width, e.mode.height)}
}

// newSys returns a /sys with a console of as many pixels, and with connectors.
func newSys(framebuffer string, connectors ...connector) fstest.MapFS {
	sys := fstest.MapFS{"class/drm/version": {Data: []byte("drm 1.1.0")}}
	if framebuffer != "" {
		sys["class/graphics/fb0/virtual_size"] = &fstest.MapFile{Data: []byte(framebuffer + "\n")}
	}
	for _, c := range connectors {
		folder, status := "class/drm/"+c.name+"/", "connected\n"
		if c.modes == "" {
			status = "disconnected\n"
		}
		sys[folder+"status"] = &fstest.MapFile{Data: []byte(status)}
		sys[folder+"edid"] = &fstest.MapFile{Data: c.edid}
		sys[folder+"modes"] = &fstest.MapFile{Data: []byte(c.modes)}
	}
	return sys
}

// terminus has the letters of the fonts called Terminus.
var terminus = []letters{{6, 12, 8}, {8, 14, 10}, {8, 16, 10}, {10, 18, 12}, {10, 20, 13}, {11, 22, 14}, {12, 24, 15}, {14, 28, 18}, {16, 32, 20}}

// newFontFolder writes the fonts as console-setup has them, and returns their folder.
func newFontFolder(t *testing.T) string {
	folder := t.TempDir()
	for _, l := range terminus {
		writeFont(t, filepath.Join(folder, fmt.Sprintf("Lat15-TerminusBold%dx%d.psf.gz", l.height, l.width)), psf2(l, requiredGlyphs))
	}
	return folder
}

// writeFont writes a font file, packed by gzip.
func writeFont(t *testing.T, path string, data []byte) {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// bitmap returns a glyph that is as high as a capital, on the lines below the first.
func bitmap(l letters) []byte {
	perLine := (l.width + 7) / 8
	glyph := make([]byte, perLine*l.height)
	for line := 1; line <= l.capital; line++ {
		glyph[line*perLine] = 0x80
	}
	return glyph
}

// psf2 returns a font of the second version with characters that all look the same.
func psf2(l letters, characters string) []byte {
	count := uint32(len([]rune(characters)))
	data, _ := binary.Append(nil, binary.LittleEndian, []uint32{0x864AB572, 0, 32, 1, count, uint32((l.width + 7) / 8 * l.height), uint32(l.height), uint32(l.width)})
	for range characters {
		data = append(data, bitmap(l)...)
	}
	for _, c := range characters {
		data = append(append(data, string(c)...), 0xFE, 'e', 0xCC, 0x81, 0xFF)
	}
	return data
}

// psf1 returns a font of the first version with characters that all look the same.
func psf1(l letters, characters string) []byte {
	data := []byte{0x36, 0x04, 2, byte(l.height)}
	for range 256 {
		data = append(data, bitmap(l)...)
	}
	for _, c := range characters {
		data = binary.LittleEndian.AppendUint16(data, uint16(c))
		data = append(data, 0xFE, 0xFF, 'e', 0, 0xFF, 0xFF)
	}
	return data
}
