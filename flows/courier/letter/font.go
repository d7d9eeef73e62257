package letter

import (
	"bytes"
	"strings"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// The typefaces of letters, the Go fonts. Each letter carries what it uses of them.
const (
	sansFont = "go"
	monoFont = "gomono"
)

// embedFonts adds copies to pdf, because fpdf changes what it is given: the next
// letter would have its accents in other places.
func embedFonts(pdf *fpdf.Fpdf) {
	pdf.AddUTF8FontFromBytes(sansFont, "", bytes.Clone(goregular.TTF))
	pdf.AddUTF8FontFromBytes(sansFont, "B", bytes.Clone(gobold.TTF))
	pdf.AddUTF8FontFromBytes(monoFont, "B", bytes.Clone(gomonobold.TTF))
}

// drawnFont is a font that draws as many characters as the others.
var drawnFont = func() *sfnt.Font {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(err) // it is part of the program
	}
	return f
}()

// toDrawable is s in characters that the fonts have: a letter whose accent they
// lack goes without it, and for what they lack altogether stands a question mark.
func toDrawable(s string) string {
	var buffer sfnt.Buffer
	has := func(r rune) bool {
		glyph, err := drawnFont.GlyphIndex(&buffer, r)
		return r == '\n' || err == nil && glyph != 0 && r <= 0xffff // fpdf knows no more
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if has(r) {
			b.WriteRune(r)
			continue
		}
		base := []rune(norm.NFD.String(string(r)))[0]
		switch {
		case unicode.Is(unicode.Mn, r):
		case has(base):
			b.WriteRune(base)
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}
