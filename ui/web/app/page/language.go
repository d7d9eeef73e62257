package page

import (
	"net/http"

	"golang.org/x/text/language"

	"loket/flows/text"
)

// A PageLanguage is the language of a page.
type PageLanguage struct {
	text.Language
	isChosen bool // the reader chose the language, and not the browser
}

var (
	// Languages are all languages of pages.
	Languages       = []text.Language{text.Dutch, text.English}
	languageMatcher = language.NewMatcher([]language.Tag{language.Dutch, language.English})
)

// LanguageOf returns the language that a request asks for.
func LanguageOf(r *http.Request) PageLanguage {
	for _, l := range Languages {
		if r.URL.Query().Get("lang") == string(l) {
			return PageLanguage{l, true}
		}
	}
	_, i := language.MatchStrings(languageMatcher, r.Header.Get("Accept-Language"))
	return PageLanguage{Languages[i], false}
}

// Query returns the query that passes a chosen language on to another page; empty if the
// reader chose none.
func (t PageLanguage) Query() string {
	if !t.isChosen {
		return ""
	}
	return "?lang=" + string(t.Language)
}
