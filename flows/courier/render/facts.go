package render

import (
	"loket/flows/text"
	"loket/store"
)

// SenderName is the name under which every message is sent.
const SenderName = "mijn.nn"

// MessageLanguage returns the language in which m is sent.
func MessageLanguage(m store.Message) text.Language {
	if text.Language(m.Language) == text.English {
		return text.English
	}
	return text.Dutch
}

// LetterReference returns the reference that a customer can quote when calling about a letter. It is the random last part of
// the message ID.
func LetterReference(m store.Message) string {
	short := m.ID[max(len(m.ID)-10, 0):]
	return short[:len(short)/2] + "-" + short[len(short)/2:]
}
