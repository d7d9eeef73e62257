package letter

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/render"
	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// A drawnLine is a line of text as it is drawn: its page, font size, greyness from 0 (black) to 1, and height above the bottom of
// the page in points.
type drawnLine struct {
	page              int
	size, grey, above float64
	text              string
}

// isInWindow reports whether the line is in the window of the envelope.
func (l drawnLine) isInWindow() bool {
	const pointsPerMillimetre = 72 / 25.4
	return l.page == 1 && l.above > (pageHeight-90)*pointsPerMillimetre && l.above < (pageHeight-45)*pointsPerMillimetre
}

var drawnOperation = regexp.MustCompile(`(?s)BT /F[0-9a-f]+ ([\d.]+) Tf ET|q ([\d.]+) g BT [\d.]+ ([\d.]+) Td \(((?:\\.|[^\\()])*)\)\s*Tj`)

// drawnLines returns the lines of a letter, in the order in which they are drawn.
func drawnLines(t *testing.T, pdf []byte) (lines []drawnLine) {
	t.Helper()
	number := func(s []byte) float64 {
		n, err := strconv.ParseFloat(string(s), 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for page, content := range contents(t, pdf) {
		size := 0.0
		for _, m := range drawnOperation.FindAllSubmatch(content, -1) {
			if m[1] != nil {
				size = number(m[1])
				continue
			}
			lines = append(lines, drawnLine{page + 1, size, number(m[2]), number(m[3]), unescaped(m[4])})
		}
	}
	return lines
}

// largeLetters returns a letter in large print for each template and language, some of them with an unusually long or unusually
// written name, address or username.
func largeLetters() map[string]store.Message {
	all := map[string]store.Message{}
	for _, template := range desk.MessageTemplates {
		for _, lang := range couriertest.Languages {
			usual := couriertest.ExampleLetter(template, lang)
			abroad := couriertest.ExampleLetter(template, lang)
			abroad.To = []string{"Þ. Ðuričić-Đặng van der Straßenbahn-Ștefănescu", "Résidence Les Hauts de Saint-Germain-en-Laye", "Bâtiment C, appartement 1204", "128 bis, avenue du Général-Leclerc", "78100 SAINT-GERMAIN-EN-LAYE CEDEX", "FRANKRIJK"}
			abroad.Facts["name"] = abroad.To[0]
			if abroad.Facts["username"] != "" {
				abroad.Facts["username"] = strings.Repeat("wilhelmina", 10)
			}
			if abroad.Facts["product"] != "" {
				abroad.Facts["product"] = "Đặng " + strings.Repeat("Levensverzekering met uitkering van € 1.234.567,89 ", 3)
			}
			for name, m := range map[string]store.Message{"usual": usual, "abroad": abroad} {
				m.LetterPrint = store.LargePrint
				all[fmt.Sprintf("%s.%s.%s", template, lang, name)] = m
			}
		}
	}
	return all
}

// TestLargePrint holds all letters in large print to the guidelines of largeLayout: no small text outside the window of the
// envelope, no grey, no number broken over two lines, and no number on another page than the sentence that introduces it.
func TestLargePrint(t *testing.T) {
	for name, m := range largeLetters() {
		t.Run(name, func(t *testing.T) {
			pdf, err := renderPDF(m, couriertest.SupportLine, "Postbus 1, 1000 AA Amsterdam")
			if err != nil {
				t.Fatal(err)
			}
			r, err := render.RenderLetter(m, render.MessageLanguage(m), couriertest.SupportLine)
			if err != nil {
				t.Fatal(err)
			}
			lines := drawnLines(t, pdf)
			checkLargeLines(t, lines)
			checkNumbers(t, r, lines)
			pages := pagesOf(t, pdf)
			for i, page := range pages {
				foot := fmt.Sprintf(largeLayout.pageNumberText.In(render.MessageLanguage(m)), i+1, len(pages))
				if len(pages) > 1 && !strings.Contains(page, foot) {
					t.Errorf("page %d has no %q", i+1, foot)
				}
			}
		})
	}
}

// checkLargeLines checks the size and colour of all lines.
func checkLargeLines(t *testing.T, lines []drawnLine) {
	t.Helper()
	const leastBody, leastFoot = 18, 14
	for _, line := range lines {
		least := float64(leastBody)
		switch {
		case line.isInWindow():
			least = leastAddressFontSize
		case strings.HasPrefix(line.text, "WEOLO-AZBRQ") || strings.HasPrefix(line.text, "Blad ") || strings.HasPrefix(line.text, "Page "):
			least = leastFoot
		}
		if line.size < least || line.grey != 0 {
			t.Errorf("%q on page %d has size %v and greyness %v", line.text, line.page, line.size, line.grey)
		}
	}
}

// checkNumbers checks that each number of a letter is whole on a line, and that its main fact is large, and on the page of the
// sentence that introduces it.
func checkNumbers(t *testing.T, r render.Rendered, lines []drawnLine) {
	t.Helper()
	const leastNumber = 22
	for _, number := range unbrokenPattern.FindAllString(r.Body, -1) {
		if !slices.ContainsFunc(lines, func(l drawnLine) bool { return strings.Contains(l.text, number) }) {
			t.Errorf("%q is broken", number)
		}
	}
	for _, p := range r.Paragraphs() {
		if !p.Main || len(p.Lines[0]) > len("BCDF-GHJK-LMNP") {
			continue
		}
		at := slices.IndexFunc(lines, func(l drawnLine) bool { return l.text == p.Lines[0] })
		if at < 0 || lines[at].size < leastNumber || lines[at-1].page != lines[at].page {
			t.Errorf("%q is small, broken or on another page in %+v", p.Lines[0], lines)
		}
	}
}

// TestLargeAddress checks the words in the window of the envelope with Poppler's pdftotext, if it is installed. No word of a letter
// may be outside the margins.
func TestLargeAddress(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext here")
	}
	long := couriertest.ExampleLetter("activation_number", text.English)
	long.To = append([]string{awkward().To[0]}, slices.Repeat([]string{"Kortenhorststraat-Noord 12345 bis-III, Heijdenbuurt, etage 4"}, 5)...)
	long.To, long.LetterPrint = append(long.To, "VERENIGD KONINKRIJK"), store.LargePrint
	letters := map[string]store.Message{"longest address": long}
	for _, name := range []string{"activation_number.nl.abroad", "activation_number.nl.usual", "username.en.abroad", "details_changed.nl.usual"} {
		letters[name] = largeLetters()[name]
	}
	for name, m := range letters {
		t.Run(name, func(t *testing.T) {
			pdf, err := renderPDF(m, couriertest.SupportLine, "Postbus 1, 1000 AA Amsterdam")
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "letter.pdf")
			if err := os.WriteFile(path, pdf, 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := exec.CommandContext(t.Context(), program, append(slices.Clone(envelopeWindow), path, "-")...).Output()
			if want := squeezed("mijn.nn · Postbus 1, 1000 AA Amsterdam" + strings.Join(m.To, "")); err != nil || squeezed(string(got)) != want {
				t.Errorf("in the window is, with error %v:\n%s", err, got)
			}
			boxes, err := exec.CommandContext(t.Context(), program, "-bbox", path, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			for _, box := range wordBox.FindAllStringSubmatch(string(boxes), -1) {
				if right, _ := strconv.ParseFloat(box[1], 64); right > (pageWidth-marginRight)*72/25.4 {
					t.Errorf("%q ends at %v points, outside the margin", box[2], right)
				}
			}
		})
	}
}

var wordBox = regexp.MustCompile(`xMax="([\d.]+)"[^>]*>([^<]*)<`)
