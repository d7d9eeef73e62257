package courier

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"loket/flows"
	"loket/store"
)

var mark = regexp.MustCompile(`<[^>]*>`)

// unmarked is what is left of HTML without its marks.
func unmarked(s string) string { return html.UnescapeString(mark.ReplaceAllString(s, " ")) }

// TestHTML holds the look of an e-mail to the one that somebody looked at.
func TestHTML(t *testing.T) {
	r, err := Render(message("activation_number", store.ByEmail), flows.Dutch, support)
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.html(flows.Dutch)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "activation_number.email.nl.html")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("%v, got\n%s", err, got)
	}
}
