package app

import (
	"net/http"

	"golang.org/x/text/language"

	"loket/flows/text"
)

// A tongue is the language of a page.
type tongue struct {
	text.Language
	chosen bool // by the reader, and not by their browser
}

var (
	spoken    = []text.Language{text.Dutch, text.English}
	languages = language.NewMatcher([]language.Tag{language.Dutch, language.English})
)

// tongueOf is the language that a page is asked in.
func tongueOf(r *http.Request) tongue {
	for _, l := range spoken {
		if r.URL.Query().Get("lang") == string(l) {
			return tongue{l, true}
		}
	}
	_, i := language.MatchStrings(languages, r.Header.Get("Accept-Language"))
	return tongue{spoken[i], false}
}

// query is what hands the language on to another page.
func (t tongue) query() string {
	if !t.chosen {
		return ""
	}
	return "?lang=" + string(t.Language)
}
