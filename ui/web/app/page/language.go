package page

import (
	"net/http"

	"golang.org/x/text/language"

	"loket/flows/text"
)

// A PageLanguage is the language of a page.
type PageLanguage struct {
	text.Language
	isChosen bool // isChosen reports whether the reader, rather than the browser, chose the language.
}

var (
	// Languages lists the languages in which pages exist.
	Languages       = []text.Language{text.Dutch, text.English}
	languageMatcher = language.NewMatcher([]language.Tag{language.Dutch, language.English})
)

// RequestLanguage returns the language for which a request asks.
func RequestLanguage(r *http.Request) PageLanguage {
	for _, l := range Languages {
		if r.URL.Query().Get("lang") == string(l) {
			return PageLanguage{l, true}
		}
	}
	_, i := language.MatchStrings(languageMatcher, r.Header.Get("Accept-Language"))
	return PageLanguage{Languages[i], false}
}

// Query returns the query string that passes a chosen language on to another page. It is empty if the reader has not chosen a
// language.
func (t PageLanguage) Query() string {
	if !t.isChosen {
		return ""
	}
	return "?lang=" + string(t.Language)
}
