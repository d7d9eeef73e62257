package letter

import (
	"bytes"
	"strings"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// A typeface is the set of fonts of one letter. The PDF embeds the characters that the letter uses.
type typeface struct {
	sans          string // sans is the name of the font family.
	regular, bold []byte
	coverageFont  *sfnt.Font // coverageFont is the regular font. It shows which characters the typeface has.
}

// The typefaces of letters. Letters use the Go fonts, or DejaVu if the Go fonts lack a character of the text. DejaVu has all
// Latin letters that occur in identity papers, but its monospaced fonts do not, so a main fact with such a letter is in its
// condensed bold font, and any other in the monospaced font of the Go fonts.
var (
	goTypeface     = newTypeface("go", goregular.TTF, gobold.TTF)
	dejaVuTypeface = newTypeface("dejavu", dejavusanscondensed.TTF, dejavusanscondensedbold.TTF)
)

// monoFamily is the name of the font family of main facts. It has the same characters as goTypeface.
const monoFamily = "gomono"

func newTypeface(name string, regular, bold []byte) *typeface {
	f, err := sfnt.Parse(regular)
	if err != nil {
		panic(err) // A compiled-in font always parses, so an error is a bug.
	}
	return &typeface{name, regular, bold, f}
}

// typefaceFor returns the typeface for a letter with the text s.
func typefaceFor(s string) *typeface {
	for _, r := range norm.NFC.String(s) {
		if !goTypeface.hasChar(r) && dejaVuTypeface.hasChar(r) {
			return dejaVuTypeface
		}
	}
	return goTypeface
}

// embedFonts adds copies of the fonts to a PDF. Package fpdf modifies the bytes that it gets, and without copies the next letter
// would have misplaced accents.
func (f *typeface) embedFonts(pdf *fpdf.Fpdf) {
	pdf.AddUTF8FontFromBytes(f.sans, "", bytes.Clone(f.regular))
	pdf.AddUTF8FontFromBytes(f.sans, "B", bytes.Clone(f.bold))
	pdf.AddUTF8FontFromBytes(monoFamily, "B", bytes.Clone(gomonobold.TTF))
}

// hasChar reports whether the typeface has a character.
func (f *typeface) hasChar(r rune) bool {
	var buffer sfnt.Buffer
	glyph, err := f.coverageFont.GlyphIndex(&buffer, r)
	// Package fpdf supports no characters beyond 0xffff, and draws a combining mark beside its letter.
	return r == '\n' || err == nil && glyph != 0 && r <= 0xffff && !unicode.Is(unicode.Mn, r)
}

// canDraw reports whether the typeface has all characters of s.
func (f *typeface) canDraw(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !f.hasChar(r) })
}

// replaceUndrawable replaces the characters of s that the typeface lacks: an accented letter by the letter without its accent, and
// any other character by a question mark.
func (f *typeface) replaceUndrawable(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if f.hasChar(r) {
			b.WriteRune(r)
			continue
		}
		base := []rune(norm.NFD.String(string(r)))[0]
		switch {
		case unicode.Is(unicode.Mn, r):
		case f.hasChar(base):
			b.WriteRune(base)
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

// CanDrawText reports whether letters can show all characters of s, with every accent.
func CanDrawText(s string) bool {
	for _, r := range s {
		if r > unicode.MaxLatin1 {
			s = norm.NFC.String(s)
			return typefaceFor(s).replaceUndrawable(s) == s
		}
	}
	return true
}
