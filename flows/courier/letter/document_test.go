package letter

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"loket/flows/text"
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
