package email

import (
	"html"
	"path/filepath"
	"regexp"
	"testing"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/render"
	"loket/flows/golden"
	"loket/flows/text"
	"loket/store"
)

var mark = regexp.MustCompile(`<[^>]*>`)

// unmarked returns the text of an HTML page without its tags.
func unmarked(s string) string { return html.UnescapeString(mark.ReplaceAllString(s, " ")) }

// TestHTML compares the HTML of an e-mail with a golden file.
func TestHTML(t *testing.T) {
	r, err := render.RenderMessage(couriertest.ExampleMessage("activation_number", store.ByEmail), text.Dutch, couriertest.SupportLine)
	if err != nil {
		t.Fatal(err)
	}
	got, err := renderHTML(r, text.Dutch)
	if err != nil {
		t.Fatal(err)
	}
	golden.CompareWithFile(t, filepath.Join("testdata", "activation_number.email.nl.html"), got)
}
