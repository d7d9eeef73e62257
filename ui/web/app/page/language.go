package page

import (
	"net/http"

	"golang.org/x/text/language"

	"loket/flows/text"
)

// A Tongue is the language of a page.
type Tongue struct {
	text.Language
	chosen bool // by the reader, and not by their browser
}

var (
	// Spoken are all languages of pages.
	Spoken    = []text.Language{text.Dutch, text.English}
	languages = language.NewMatcher([]language.Tag{language.Dutch, language.English})
)

// TongueOf returns the language that a page is asked in.
func TongueOf(r *http.Request) Tongue {
	for _, l := range Spoken {
		if r.URL.Query().Get("lang") == string(l) {
			return Tongue{l, true}
		}
	}
	_, i := language.MatchStrings(languages, r.Header.Get("Accept-Language"))
	return Tongue{Spoken[i], false}
}

// Query is what hands the language on to another page.
func (t Tongue) Query() string {
	if !t.chosen {
		return ""
	}
	return "?lang=" + string(t.Language)
}
