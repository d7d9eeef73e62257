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

// A typeface is the fonts of one letter, which carries what it uses of them.
type typeface struct {
	sans, mono              string // the names of its families
	regular, bold, monoBold []byte
	drawn                   *sfnt.Font // one that draws as many characters as the others
}

// The typefaces of letters: the Go fonts, and DejaVu for whoever's name or address those lack a
// letter of. It has all letters of Latin in Unicode that papers have, but not in its mono
// fonts.
var (
	goFonts = newTypeface("go", goregular.TTF, gobold.TTF, gomonobold.TTF)
	dejaVu  = newTypeface("dejavu", dejavusanscondensed.TTF, dejavusanscondensedbold.TTF, dejavusanscondensedbold.TTF)
)

func newTypeface(name string, regular, bold, monoBold []byte) *typeface {
	f, err := sfnt.Parse(regular)
	if err != nil {
		panic(err) // it is part of the program
	}
	return &typeface{name, name + "mono", regular, bold, monoBold, f}
}

// typefaceFor returns the typeface of a letter with the text s.
func typefaceFor(s string) *typeface {
	for _, r := range norm.NFC.String(s) {
		if !goFonts.has(r) && dejaVu.has(r) {
			return dejaVu
		}
	}
	return goFonts
}

// embed adds copies to pdf, because fpdf changes what it is given: the next
// letter would have its accents in other places.
func (f *typeface) embed(pdf *fpdf.Fpdf) {
	pdf.AddUTF8FontFromBytes(f.sans, "", bytes.Clone(f.regular))
	pdf.AddUTF8FontFromBytes(f.sans, "B", bytes.Clone(f.bold))
	pdf.AddUTF8FontFromBytes(f.mono, "B", bytes.Clone(f.monoBold))
}

// has reports whether the typeface draws a character.
func (f *typeface) has(r rune) bool {
	var buffer sfnt.Buffer
	glyph, err := f.drawn.GlyphIndex(&buffer, r)
	return r == '\n' || err == nil && glyph != 0 && r <= 0xffff && !unicode.Is(unicode.Mn, r) // fpdf knows no more, and puts marks beside their letter
}

// toDrawable is s in characters that the typeface has: a letter whose accent it
// lacks goes without it, and for what it lacks altogether stands a question mark.
func (f *typeface) toDrawable(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if f.has(r) {
			b.WriteRune(r)
			continue
		}
		base := []rune(norm.NFD.String(string(r)))[0]
		switch {
		case unicode.Is(unicode.Mn, r):
		case f.has(base):
			b.WriteRune(base)
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

// CanDraw reports whether letters show all of s, with every accent.
func CanDraw(s string) bool {
	for _, r := range s {
		if r > unicode.MaxLatin1 {
			s = norm.NFC.String(s)
			return typefaceFor(s).toDrawable(s) == s
		}
	}
	return true
}
