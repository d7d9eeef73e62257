package render

import (
	"loket/flows/text"
	"loket/store"
)

// Sender is the name of the sender of every message.
const Sender = "mijn.nn"

// MessageLanguage returns the language in which m is sent.
func MessageLanguage(m store.Message) text.Language {
	if text.Language(m.Language) == text.English {
		return text.English
	}
	return text.Dutch
}

// LetterReference returns the reference by which a customer can ask about a letter: the
// random end of its ID.
func LetterReference(m store.Message) string {
	short := m.ID[max(len(m.ID)-10, 0):]
	return short[:len(short)/2] + "-" + short[len(short)/2:]
}
