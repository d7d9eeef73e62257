package display

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// A consoleFont is a font file of the Linux console, in the format PSF.
type consoleFont struct {
	path   string
	letter letters
	glyphs map[rune]int // glyphs maps characters to the numbers of their glyphs.
}

// requiredGlyphs are the characters that the desk draws on a Linux console. A font without one of them is no use.
const requiredGlyphs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !\"%&'()*+,-./:;<=>?@[]_" +
	"áéèëïíóöüàçÉËÏÖÜ°·•▶▲▼█░─│┌┐└┘↑↓←→"

// fontFolders are where packages of distributions put the fonts of the console.
var fontFolders = []string{"/usr/share/consolefonts", "/usr/share/kbd/consolefonts", "/usr/lib/kbd/consolefonts"}

// maxFontFile is the maximum length of a font file, unpacked: that of 512 glyphs of 64 by 128, with their characters.
const maxFontFile = 1 << 20

// fontPatterns match the names of font files, with the best first: bold Terminus for Western Europe, as console-setup and as others
// call it, and then any.
var fontPatterns = []string{"Lat15-TerminusBold[0-9]*", "ter-1*b", "*Terminus*", "*"}

// readFonts returns the fonts in the folders on which the desk can be read. It returns the fonts of the first pattern that has
// any, because reading all takes seconds. It skips files that are something else.
func readFonts(folders []string, patterns ...string) (fonts []consoleFont) {
	for _, pattern := range patterns {
		for _, folder := range folders {
			files, err := filepath.Glob(filepath.Join(folder, pattern+".psf*"))
			if err != nil {
				continue
			}
			for _, file := range files {
				if font, err := readFont(file); err == nil && font.hasGlyphs(requiredGlyphs) {
					fonts = append(fonts, font)
				}
			}
		}
		if len(fonts) > 0 {
			break
		}
	}
	return fonts
}

func (f consoleFont) hasGlyphs(characters string) bool {
	for _, c := range characters {
		if _, has := f.glyphs[c]; !has {
			return false
		}
	}
	return true
}

// name returns the name of the font, without its folder and endings.
func (f consoleFont) name() string {
	name, _, _ := strings.Cut(filepath.Base(f.path), ".")
	return name
}

// readFont reads a font file, which may be packed by gzip.
func readFont(path string) (font consoleFont, err error) {
	file, err := os.Open(path)
	if err != nil {
		return font, err
	}
	defer file.Close()
	var content io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if content, err = gzip.NewReader(file); err != nil {
			return font, fmt.Errorf("unpack %s: %w", path, err)
		}
	}
	data, err := io.ReadAll(io.LimitReader(content, maxFontFile))
	if err != nil {
		return font, fmt.Errorf("read %s: %w", path, err)
	}
	if font, err = parsePSF(data); err != nil {
		return font, fmt.Errorf("read %s: %w", path, err)
	}
	font.path = path
	return font, nil
}

// errNoFont is the error of data that is not in the format PSF.
var errNoFont = errors.New("this is no font of a console")

// parsePSF reads a font of the first or second version of PSF.
func parsePSF(data []byte) (consoleFont, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0x36, 0x04}):
		return parseFirstPSF(data)
	case bytes.HasPrefix(data, []byte{0x72, 0xB5, 0x4A, 0x86}):
		return parseSecondPSF(data)
	}
	return consoleFont{}, errNoFont
}

// parseFirstPSF reads a font of the first version: two bytes that name it, a mode, the height, the glyphs of 8 columns, and for
// each glyph its characters in UCS-2, up to 0xFFFF. Sequences of several characters come after 0xFFFE.
func parseFirstPSF(data []byte) (consoleFont, error) {
	const header = 4
	if len(data) < header {
		return consoleFont{}, errNoFont
	}
	count, height := 256, int(data[3])
	if data[2]&1 != 0 {
		count = 512
	}
	bitmaps, table, err := splitGlyphs(data[header:], count, height)
	if err != nil {
		return consoleFont{}, err
	}
	glyphs, glyph, isSequence := map[rune]int{}, 0, false
	for ; len(table) >= 2 && glyph < count; table = table[2:] {
		switch c := binary.LittleEndian.Uint16(table); {
		case c == 0xFFFF:
			glyph, isSequence = glyph+1, false
		case c == 0xFFFE:
			isSequence = true
		case !isSequence:
			glyphs[rune(c)] = glyph
		}
	}
	return newFont(8, height, bitmaps, glyphs)
}

// parseSecondPSF reads a font of the second version: a header of numbers, the glyphs, and for each glyph its characters in UTF-8,
// up to 0xFF. Sequences of several characters come after 0xFE.
func parseSecondPSF(data []byte) (consoleFont, error) {
	var header struct{ Magic, Version, Length, Flags, Count, GlyphLength, Height, Width uint32 }
	if err := binary.Read(bytes.NewReader(data), binary.LittleEndian, &header); err != nil {
		return consoleFont{}, errNoFont
	}
	const most = 1 << 12 // most is far more than any number of glyphs, and than any width, height or length.
	if max(header.Length, header.Count, header.GlyphLength, header.Height, header.Width) > most || int(header.Length) > len(data) ||
		header.GlyphLength != header.Height*((header.Width+7)/8) {
		return consoleFont{}, errNoFont
	}
	bitmaps, table, err := splitGlyphs(data[header.Length:], int(header.Count), int(header.GlyphLength))
	if err != nil {
		return consoleFont{}, err
	}
	glyphs := map[rune]int{}
	for i, characters := range bytes.SplitN(table, []byte{0xFF}, int(header.Count)+1) {
		single, _, _ := bytes.Cut(characters, []byte{0xFE})
		for len(single) > 0 && i < int(header.Count) {
			c, length := utf8.DecodeRune(single)
			glyphs[c], single = i, single[length:]
		}
	}
	return newFont(int(header.Width), int(header.Height), bitmaps, glyphs)
}

// splitGlyphs returns the bitmaps of count glyphs, and what comes after them.
func splitGlyphs(data []byte, count, length int) (bitmaps [][]byte, rest []byte, err error) {
	if length == 0 || len(data) < count*length {
		return nil, nil, errNoFont
	}
	for range count {
		bitmaps, data = append(bitmaps, data[:length]), data[length:]
	}
	return bitmaps, data, nil
}

// newFont returns a font, with the height of its capitals as the glyph of the H has it.
func newFont(width, height int, bitmaps [][]byte, glyphs map[rune]int) (consoleFont, error) {
	glyph, has := glyphs['H']
	if !has || width == 0 || height == 0 {
		return consoleFont{}, errNoFont
	}
	perLine, capital := (width+7)/8, 0
	for line := range height {
		if len(bytes.Trim(bitmaps[glyph][line*perLine:(line+1)*perLine], "\x00")) > 0 {
			capital++
		}
	}
	return consoleFont{letter: letters{width, height, capital}, glyphs: glyphs}, nil
}
