package view

import (
	"loket/flows"
	"loket/flows/desk"
	"loket/flows/faq"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
)

// KeptDataPage returns the page that says which data the desk keeps of a visit, and which rights the visitor has (GDPR 13).
func KeptDataPage(d *desk.Desk) Page {
	p := Page{Title: flows.PlaceAt(place.Kept).Name, LeaveMove: navigation.Back{}}
	for _, q := range faq.PrivacyQuestions(d) {
		p.Sections = append(p.Sections, Section{Heading: q.Text, Paragraphs: []text.Text{q.Answer}})
	}
	p.Choices = []Choice{placeChoice(d, place.Contact)}
	return p
}
