package view

import (
	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// Message is a message of the demo, in its own language, or by when it comes.
func Message(m demo.Mail) Page {
	if !m.Arrived {
		return Page{
			Title:    words.Capital(words.Addressee(m)),
			Sections: []Section{{Paragraphs: []text.Text{words.LetterComesBy(m)}}},
			Leave:    navigation.Back{},
		}
	}
	return Page{
		Title:    text.Same(m.Subject.In(m.Language)),
		About:    []text.Text{words.Addressee(m), words.ArrivedOn(m)},
		Sections: []Section{{Paragraphs: []text.Text{text.Same(m.Body.In(m.Language))}}},
		Leave:    navigation.Back{},
	}
}
