package view

import (
	"slices"
	"time"

	"loket/flows/faq"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// Answer returns the page of the answer to a question (S2), with the places that the answer
// mentions.
func Answer(v *flow.Visit, now time.Time, q faq.Question) Page {
	leads := faq.LinkedPlaces(v, q)
	p := Page{
		Title:    q.Asks,
		Sections: []Section{{Paragraphs: []text.Text{q.Answer}}},
		Choices:  append(placeChoices(v, leads), Choice{Name: words.OtherQuestions, Leads: navigation.Back{}}),
		Leave:    navigation.Back{},
	}
	if slices.Contains(leads, place.Contact) {
		p.Helplines = Helplines(v.Desk, now)
	}
	return p
}

// Ending returns the page of a flow that ended at step, with places to go to from there. waits
// says that a form with unsaved input is open under it.
func Ending(v *flow.Visit, now time.Time, step flow.Step, waits bool) Page {
	p := Page{Title: step.Title(), Leave: navigation.GoTo{Place: place.Home}}
	if step.Body != nil {
		p.Sections = []Section{{Paragraphs: []text.Text{step.Body()}}}
	}
	if waits {
		p.Leave = navigation.Resume{}
		p.Choices = []Choice{{Name: words.Resume, Leads: p.Leave}}
	}
	offers := step.Offers
	if !slices.Contains(offers, place.Home) {
		offers = append(slices.Clone(offers), place.Home)
	}
	if v.LoggedIn() {
		offers = append(slices.Clone(offers), place.LogOut)
	}
	all := placeChoices(v, offers)
	if step.Again != "" {
		all = slices.Insert(all, 1, Choice{Name: words.TryOnceMore, Leads: navigation.GoTo{Place: step.Again}})
	}
	p.Choices = append(p.Choices, all...)
	if slices.Contains(offers, place.Contact) {
		p.Helplines = Helplines(v.Desk, now)
	}
	return p
}
