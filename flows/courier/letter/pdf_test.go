package letter

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/image/font/gofont/gomonobold"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/render"
	"loket/flows/desk"
	"loket/flows/golden"
	"loket/flows/text"
	"loket/store"
)

// pdfDir is the folder for letters that a developer wants to look at.
var pdfDir = flag.String("pdf", "", "write letters to this `directory`")

// TestLetterAgain tests that a letter is drawn identically each time, even after other letters.
func TestLetterAgain(t *testing.T) {
	var drawn [][]byte
	for range 3 {
		pdf, err := renderPDF(awkward(), couriertest.SupportLine, "")
		if err != nil {
			t.Fatal(err)
		}
		if drawn = append(drawn, pdf); !bytes.Equal(pdf, drawn[0]) {
			t.Error("drawn otherwise")
		}
	}
}

// headless matches the label of each line in the head of a letter.
var headless = regexp.MustCompile(`(?m)^(\w+): `)

// TestLetter draws each letter in each language and print, and reads the text back.
func TestLetter(t *testing.T) {
	for _, print := range []store.LetterPrint{"", store.LargePrint} {
		for _, template := range desk.MessageTemplates {
			for _, lang := range couriertest.Languages {
				testLetter(t, template, lang, print)
			}
		}
	}
}

func testLetter(t *testing.T, template string, lang text.Language, print store.LetterPrint) {
	t.Run(template+"."+string(lang)+string(print), func(t *testing.T) {
		m := couriertest.ExampleLetter(template, lang)
		m.LetterPrint = print
		pdf, err := renderPDF(m, couriertest.SupportLine, "Postbus 1, 1000 AA Amsterdam")
		if err != nil {
			t.Fatal(err)
		}
		r, err := render.RenderLetter(m, lang, couriertest.SupportLine)
		if err != nil {
			t.Fatal(err)
		}
		text := pageFoot.ReplaceAllString(readPDF(t, pdf), "")
		for _, want := range []string{r.Address, headless.ReplaceAllString(r.Head, "$1 "), r.Body, "mijn.nn · Postbus 1, 1000 AA Amsterdam", "WEOLO-AZBRQ"} {
			if !strings.Contains(text, squeezed(want)) {
				t.Errorf("does not say %q but\n%s", want, text)
			}
		}
		for _, want := range []string{"/Lang (" + string(lang) + ")", "/MediaBox [0 0 595.28 841.89]"} {
			if !bytes.Contains(pdf, []byte(want)) {
				t.Errorf("has no %s", want)
			}
		}
		for _, never := range []string{"/Author", "/Keywords", "/Creator", "Berg", "Dorpsstraat"} {
			if bytes.Contains(pdf, []byte(never)) {
				t.Errorf("has %s where anybody can read it", never)
			}
		}
	})
}

// pageFoot matches the foot of a page of ExampleLetter, without white space.
var pageFoot = regexp.MustCompile(`WEOLO-AZBRQ(Blad|Page)\d(van|of)\d`)

// squeezed returns s without white space, because the width of the paper decides where lines end.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// readPDF returns the text of a PDF without white space.
func readPDF(t *testing.T, pdf []byte) string { return squeezed(strings.Join(pagesOf(t, pdf), "")) }

// pagesOf returns the text of each page of a PDF, as pdftotext extracts it.
func pagesOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	if *pdfDir != "" {
		path := filepath.Join(*pdfDir, strings.ReplaceAll(t.Name(), "/", ".")+".pdf")
		if err := os.WriteFile(path, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return drawnText(t, pdf)
}

// awkward returns a letter in which every part is as long and unusual as possible.
func awkward() store.Message {
	m := couriertest.ExampleLetter("activation_number", text.Dutch)
	m.To = []string{
		strings.Repeat("Wilhelmina-Johanna ", 5) + "van den Oudenrijn-Ștefănescu",
		"Burgemeester van der Heijden-Kortenhorststraat-Noord 12345 bis-III", "3511 AB  's-Gravenhage",
	}
	m.Facts["product"] = strings.Repeat("Een heel lange productnaam voor € 1.234,56 ", 100)
	return m
}

// TestTwoPages tests that a long letter continues on a second page, that the pages are numbered, and that an introducing
// sentence is on the same page as the next paragraph.
func TestTwoPages(t *testing.T) {
	pdf, err := renderPDF(awkward(), couriertest.SupportLine, "")
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(t, pdf)
	if len(pages) != 2 {
		t.Fatalf("has %d pages", len(pages))
	}
	for i, want := range []string{"pagina1van2", "pagina2van2"} {
		if page := squeezed(pages[i]); !strings.Contains(page, want) || !strings.Contains(page, "WEOLO-AZBRQ") {
			t.Errorf("page %d has no %s", i+1, want)
		}
	}
}

// TestNothingAlone makes a letter longer and longer. A number must always be on the same page as the sentence that introduces
// it, and the signature on the same page as the closing.
func TestNothingAlone(t *testing.T) {
	for words := 180; words < 400; words += 40 {
		m := couriertest.ExampleLetter("activation_number", text.English)
		m.Facts["product"] = strings.Repeat("Internetsparen ", words)
		pdf, err := renderPDF(m, couriertest.SupportLine, "")
		if err != nil {
			t.Fatal(err)
		}
		var together, signed bool
		pages := drawnText(t, pdf)
		for _, page := range pages {
			page = squeezed(page)
			together = together || strings.Contains(page, "isyouractivationnumber:481620957733")
			signed = signed || strings.Contains(page, "Kindregards,mijn.nn")
		}
		if !together || !signed {
			t.Errorf("with %d words on %d pages the number is with its sentence: %v, the signature with its greeting: %v", words, len(pages), together, signed)
		}
	}
}

func TestDrawable(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Zoë Łódź € 1.234,56 – “ja”", "Zoë Łódź € 1.234,56 – “ja”"},
		{"Zoe\u0308", "Zoë"},
		{"Ề", "Ề"},
		{"Ştefănescu, Ștefan, Đặng, Ðuro, Þóra, ẞ, Ǆ, Ə", "Ştefănescu, Ștefan, Đặng, Ðuro, Þóra, ẞ, Ǆ, Ə"},
		{"M\u0302", "M"},
		{"😀 ok", "? ok"},
		{"Ștefan\u0301\u0302", "Ștefań"},
		{"two\nlines", "two\nlines"},
	} {
		if got := typefaceFor(c.text).replaceUndrawable(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestLatin tests that letters can show every Latin letter that occurs in European identity papers, in all fonts. A letter
// without unusual characters keeps the Go fonts.
func TestLatin(t *testing.T) {
	mono := newTypeface("", gomonobold.TTF, nil)
	for r := rune(' '); r <= 0xffff; r++ {
		if goTypeface.hasChar(r) && !mono.hasChar(r) {
			t.Errorf("%c (%x) is not drawn in a main fact", r, r)
		}
	}
	for _, font := range [][]byte{dejaVuTypeface.regular, dejaVuTypeface.bold} {
		drawn := newTypeface("", font, nil)
		for r := rune(0xa1); r <= 0x1eff; r++ {
			// The Unicode blocks after Latin Extended-B have no letters of European identity papers until Latin Extended
			// Additional.
			if r == 0x250 {
				r = 0x1e00 // Latin Extended Additional begins at U+1E00.
			}
			if unicode.IsLetter(r) && !drawn.hasChar(r) && !slices.Contains(unwritten, r) {
				t.Errorf("%c (%x) is not drawn", r, r)
			}
		}
	}
	for s, want := range map[string]*typeface{"Zoë Łódź": goTypeface, "Ștefan": goTypeface, "Gyűrű": goTypeface, "Ǧ": dejaVuTypeface, "Đặng": dejaVuTypeface, "M\u0302": goTypeface, "王": goTypeface} {
		if typefaceFor(s) != want {
			t.Errorf("%s has another typeface", s)
		}
	}
	for s, want := range map[string]bool{"Berg": true, "Zoë": true, "Zoe\u0308": true, "Ștefan": true, "M\u0302": false, "王": false, "Αθήνα": true} {
		if CanDrawText(s) != want {
			t.Errorf("%s can be drawn: %v", s, !want)
		}
	}
}

// unwritten are letters of Middle Welsh, which do not occur in identity papers.
var unwritten = []rune("ỼỽỾỿ")

// TestLetterWithOtherFont tests that a letter shows all of a name that the Go fonts cannot write, and the country in a foreign
// address.
func TestLetterWithOtherFont(t *testing.T) {
	m := couriertest.ExampleLetter("activation_number", text.Dutch)
	m.To = []string{"Ș. Đặng", "Strada Ștefan cel Mare 1", "700000 Iași", "ROEMENIË"}
	pdf, err := renderPDF(m, couriertest.SupportLine, "")
	if err != nil {
		t.Fatal(err)
	}
	if page := drawnText(t, pdf)[0]; !strings.Contains(page, strings.Join(m.To, "\n")) {
		t.Errorf("drawn is\n%s", page)
	}
}

// envelopeWindow are the options with which pdftotext reads the part of the first page that the window of the envelope shows, in
// points.
var envelopeWindow = []string{"-r", "72", "-x", "57", "-y", "128", "-W", "255", "-H", "127", "-l", "1", "-layout"}

// TestLetterLooks checks the position of each word in a letter with Poppler's pdftotext, if it is installed.
func TestLetterLooks(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext here")
	}
	for _, m := range []store.Message{couriertest.ExampleLetter("activation_number", text.Dutch), awkward()} {
		pdf, err := renderPDF(m, couriertest.SupportLine, "Postbus 1, 1000 AA Amsterdam")
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "letter.pdf")
		if err := os.WriteFile(path, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := exec.CommandContext(t.Context(), program, append(slices.Clone(envelopeWindow), path, "-")...).Output()
		if err != nil {
			t.Fatal(err)
		}
		want := squeezed("mijn.nn · Postbus 1, 1000 AA Amsterdam" + strings.Join(m.To, ""))
		if squeezed(string(got)) != want {
			t.Errorf("in the window is\n%s", got)
		}
	}
}

var (
	pdfInfo = regexp.MustCompile(`(?s)/(Title|Producer|Lang) \(((?:\\.|[^\\()])*)\)`)
	pdfFont = regexp.MustCompile(`/F([0-9a-f]{4})[0-9a-f]+ `)
)

// TestDocument tests that a PDF has the title, producer and language of the letter.
func TestDocument(t *testing.T) {
	pdf, err := renderPDF(couriertest.ExampleLetter("username", text.English), couriertest.SupportLine, "")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, m := range pdfInfo.FindAllSubmatch(pdf, -1) {
		said[string(m[1])] = string(m[2])
	}
	for _, utf16 := range []string{"Title", "Producer"} {
		said[utf16] = unescaped([]byte(strings.TrimPrefix(said[utf16], "\xfe\xff")))
	}
	if want := map[string]string{"Title": "Your username for mijn.nn", "Producer": "Loket", "Lang": "en"}; !maps.Equal(said, want) {
		t.Errorf("it says of itself %q", said)
	}
}

// TestDrawn compares the position, size and colour of all text in each letter with letters that a developer has approved. The
// flag -pdf writes the letters to a folder.
func TestDrawn(t *testing.T) {
	long := couriertest.ExampleLetter("username", text.English)
	long.To = slices.Repeat([]string{"Dorpsstraat 12A"}, 40)
	for name, m := range map[string]store.Message{
		"short": couriertest.ExampleLetter("activation_number", text.Dutch), "two pages": awkward(), "long address": long,
		"large print": largeLetters()["temporary_password.nl.usual"], "large print abroad": largeLetters()["activation_number.en.abroad"],
	} {
		t.Run(name, func(t *testing.T) {
			pdf, err := renderPDF(m, couriertest.SupportLine, "Postbus 1, 1000 AA Amsterdam")
			if err != nil {
				t.Fatal(err)
			}
			var drawn strings.Builder
			for i, page := range contents(t, pdf) {
				fmt.Fprintf(&drawn, "page %d\n", i+1)
				page = pdfString.ReplaceAllFunc(page, func(s []byte) []byte {
					return []byte("\"" + unescaped(pdfString.FindSubmatch(s)[1]) + "\"")
				})
				drawn.Write(pdfFont.ReplaceAll(page, []byte("/F$1 ")))
			}
			golden.CompareWithFile(t, filepath.Join("testdata", strings.ReplaceAll(name, " ", "_")+".txt"), drawn.String())
		})
	}
}
