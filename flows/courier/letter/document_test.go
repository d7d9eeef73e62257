package letter

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"loket/flows/text"
	"loket/store"
)

// TestPagesOfDocument tests that the whole document is drawn, over as many pages as necessary, and identically each time.
func TestPagesOfDocument(t *testing.T) {
	doc := Document{Title: "What we keep", Language: text.English, Made: time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC)}
	long := DocumentSection{Title: "Long", Paragraphs: []string{"A paragraph."}, Rows: []DocumentRow{{Name: "Savings"}}}
	for i := range 90 {
		long.Rows = append(long.Rows, DocumentRow{fmt.Sprintf("name%d", i), fmt.Sprintf("value%d", i)})
	}
	long.Rows = append(long.Rows, DocumentRow{strings.Repeat("name ", 20), strings.Repeat("value ", 40)})
	doc.Sections = []DocumentSection{long, {Title: "Short", Paragraphs: []string{"The end."}}}
	pdf, err := doc.PDF()
	if err != nil {
		t.Fatal(err)
	}
	pages := drawnText(t, pdf)
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	all := strings.Join(pages, "")
	for _, want := range []string{"What we keep\n", "Long\n", "A paragraph.\n", "Savings\n", "name0\nvalue0\n", "name89\nvalue89\n", "Short\n", "The end.\n", "page 1 of 3\n", "page 3 of 3\n"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not drawn", want)
		}
	}
	if words := strings.Count(all, "value "); words < 30 {
		t.Errorf("of a long value only %d words are drawn", words)
	}
	if again, err := doc.PDF(); err != nil || !bytes.Equal(pdf, again) {
		t.Errorf("another one the second time, %v", err)
	}
}

// TestLargeDocument tests that a document in large print has each value below its name, on the same page, and no small text.
func TestLargeDocument(t *testing.T) {
	doc := Document{Title: "What we keep", Language: text.English, Print: store.LargePrint}
	section := DocumentSection{Title: "Who you are", Paragraphs: []string{"We use this to recognise you."}, Rows: []DocumentRow{{Name: "Savings"}}}
	for i := range 40 {
		section.Rows = append(section.Rows, DocumentRow{fmt.Sprintf("name%d", i), fmt.Sprintf("value%d", i)})
	}
	doc.Sections = []DocumentSection{section}
	pdf, err := doc.PDF()
	if err != nil {
		t.Fatal(err)
	}
	lines := drawnLines(t, pdf)
	for i, line := range lines {
		isFoot := line.text == doc.Title && i > 1 || strings.HasPrefix(line.text, "Page ")
		if line.size < largeLayout.footFontSize || !isFoot && line.size < largeLayout.bodyFontSize || line.grey != 0 {
			t.Errorf("%+v is small or grey", line)
		}
		name, isName := strings.CutPrefix(line.text, "name")
		if value := "value" + strings.TrimSuffix(name, ":"); isName && (lines[i+1].text != value || lines[i+1].page != line.page || lines[i+1].above >= line.above) {
			t.Errorf("below %+v is %+v", line, lines[i+1])
		}
	}
}
