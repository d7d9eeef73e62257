package view

import (
	"slices"
	"time"

	"loket/flows/contact"
	"loket/flows/faq"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// AnswerPage returns the page with the answer to a question (S2), and with links to the places that the answer mentions.
func AnswerPage(v *flow.Visit, now time.Time, q faq.Question) Page {
	leads := faq.LinkedPlaces(v, q)
	p := Page{
		Title:     q.Text,
		Sections:  []Section{{Paragraphs: []text.Text{q.Answer}}},
		Choices:   append(placeChoices(v, leads), Choice{Name: words.OtherQuestions, Move: navigation.Back{}}),
		LeaveMove: navigation.Back{},
	}
	if slices.Contains(leads, place.Contact) {
		p.Helplines = Helplines(v.Desk, now)
	}
	return p
}

// EndingPage returns the page of a flow that has ended at step, with places to go to next. waits is true if a form with
// unsaved input is open under it.
func EndingPage(v *flow.Visit, now time.Time, step flow.Step, waits bool) Page {
	p := Page{Title: step.Title(), LeaveMove: navigation.GoTo{Place: place.Home}}
	if step.Body != nil {
		p.Sections = []Section{{Paragraphs: []text.Text{step.Body()}}}
	}
	if waits {
		p.LeaveMove = navigation.Resume{}
		p.Choices = []Choice{{Name: words.ResumeLabel, Move: p.LeaveMove}}
	}
	offers := step.Offers
	if !slices.Contains(offers, place.Home) {
		offers = append(slices.Clone(offers), place.Home)
	}
	if v.HasCustomer() {
		offers = append(slices.Clone(offers), place.LogOut)
	}
	all := placeChoices(v, offers)
	if step.RetryPlace != "" {
		all = slices.Insert(all, 1, Choice{Name: words.TryOnceMore, Move: navigation.GoTo{Place: step.RetryPlace}})
	}
	p.Choices = append(p.Choices, all...)
	if slices.Contains(offers, place.Contact) {
		p.Helplines = Helplines(v.Desk, now)
	}
	return p
}

// CallBackPrefill returns the words that the visitor searched for as the question of a call-back.
func CallBackPrefill(searched string) map[string]string {
	return map[string]string{contact.QuestionField: text.SingleLine(searched)}
}
