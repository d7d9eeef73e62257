package view

import (
	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// Message returns the page of a message of the demo, in the message's language. If the message
// has not arrived, the page says by when it comes.
func Message(m demo.Mail) Page {
	if !m.Arrived {
		return Page{
			Title:    words.Capitalise(words.Addressee(m)),
			Sections: []Section{{Paragraphs: []text.Text{words.LetterArrivalText(m)}}},
			Leave:    navigation.Back{},
		}
	}
	return Page{
		Title:    text.Untranslated(m.Subject.In(m.Language)),
		About:    []text.Text{words.Addressee(m), words.ArrivedOn(m)},
		Sections: []Section{{Paragraphs: []text.Text{text.Untranslated(m.Body.In(m.Language))}}},
		Leave:    navigation.Back{},
	}
}
