package render

import (
	"loket/flows/text"
	"loket/store"
)

// Sender is who every message is from.
const Sender = "mijn.nn"

// MessageLanguage is the language that m goes out in.
func MessageLanguage(m store.Message) text.Language {
	if text.Language(m.Language) == text.English {
		return text.English
	}
	return text.Dutch
}

// LetterReference is what a letter can be asked about by: the random end of its ID.
func LetterReference(m store.Message) string {
	short := m.ID[max(len(m.ID)-10, 0):]
	return short[:len(short)/2] + "-" + short[len(short)/2:]
}
