package letter

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
)

var (
	pdfStream = regexp.MustCompile(`(?s)/Length \d+>>\nstream\n(.*?)\nendstream`)
	pdfString = regexp.MustCompile(`(?s)\(((?:\\.|[^\\()])*)\)\s*Tj`)
)

// contents returns the content streams of a letter's pages. It reads only PDFs from package fpdf.
func contents(t *testing.T, pdf []byte) (pages [][]byte) {
	t.Helper()
	for _, stream := range pdfStream.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue
		}
		if content, err := io.ReadAll(r); err == nil && bytes.Contains(content, []byte("BT")) {
			pages = append(pages, content)
		}
	}
	return pages
}

// drawnText returns the text of a letter's pages, in the order in which it is drawn.
func drawnText(t *testing.T, pdf []byte) (pages []string) {
	t.Helper()
	for _, content := range contents(t, pdf) {
		var page strings.Builder
		for _, drawn := range pdfString.FindAllSubmatch(content, -1) {
			page.WriteString(unescaped(drawn[1]))
			page.WriteByte('\n')
		}
		pages = append(pages, page.String())
	}
	return pages
}

// unescaped decodes a string in a PDF, which is in UTF-16 with backslashes.
func unescaped(s []byte) string {
	var plain []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == 'r' {
				plain = append(plain, '\r')
				continue
			}
		}
		plain = append(plain, s[i])
	}
	var units []uint16
	for i := 0; i+1 < len(plain); i += 2 {
		units = append(units, uint16(plain[i])<<8|uint16(plain[i+1]))
	}
	return string(utf16.Decode(units))
}
