package view

import (
	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// MessagePage returns the page of a message of the demo, in the message's language. If the message has not arrived yet, the
// page says by which day it will.
func MessagePage(m demo.Mail) Page {
	if !m.Arrived {
		return Page{
			Title:     words.Capitalise(words.AddresseeText(m)),
			Sections:  []Section{{Paragraphs: []text.Text{words.LetterArrivalText(m)}}},
			LeaveMove: navigation.Back{},
		}
	}
	return Page{
		Title:     text.SameInBoth(m.Subject.In(m.Language)),
		About:     []text.Text{words.AddresseeText(m), words.ArrivalDay(m)},
		Sections:  []Section{{Paragraphs: []text.Text{text.SameInBoth(m.Body.In(m.Language))}}},
		LeaveMove: navigation.Back{},
	}
}
