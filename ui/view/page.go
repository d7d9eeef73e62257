// Package view builds the pages that a visitor only reads: contact, the details of a customer, the recent events of an
// account, the answer to a question, the end of a flow, and a message of the demo.
//
// A page is data. The full screen draws a Page, and the plain-text interface reads the same Page out. Package sheet does the same for
// products.
//
// Start at Page. Each other file has the functions that build some pages.
package view

import (
	"time"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// A Page is a text to read, with choices of where to go next. Empty fields are not shown.
type Page struct {
	Title     text.Text
	About     []text.Text // About has facts below the title, such as the addressee of a message.
	Sections  []Section
	Helplines []text.Text // Helplines has a line for each helpline.
	Choices   []Choice
	Note      text.Text       // Note says which things none of the choices can do.
	FootLines []text.Text     // FootLines has lines about helplines that only the full screen shows.
	LeaveMove navigation.Move // LeaveMove is the move of a visitor who leaves the page without a choice.
}

// A Section is a part of a page.
type Section struct {
	Heading    text.Text
	Paragraphs []text.Text
	Helplines  []Helpline
	Events     []Event
	Choices    []Choice
}

// A Helpline says how and when the visitor can call the bank.
type Helpline struct {
	Name, Purpose, PhoneText, Status, WeeklyHours text.Text
	IsOpen                                        bool // IsOpen is true if the helpline is open now.
}

// An Event is something that happened to an account.
type Event struct {
	Time           time.Time
	Text, Location text.Text
}

// A Choice is something that the visitor can choose on a page.
type Choice struct {
	Name    text.Text
	Purpose text.Text // Purpose explains the choice.
	Value   text.Text // Value is the current value of the detail that the choice changes.
	Move    navigation.Move
}

// AllChoices returns the choices of all sections, followed by those of the page.
func (p Page) AllChoices() (all []Choice) {
	for _, s := range p.Sections {
		all = append(all, s.Choices...)
	}
	return append(all, p.Choices...)
}

// placeChoice returns the choice that leads to a place.
func placeChoice(d *desk.Desk, id place.ID) Choice {
	return Choice{Name: flows.PlaceAt(id).Name, Purpose: flows.PlacePurpose(d, id), Move: navigation.GoTo{Place: id}}
}

// placeChoices returns the choices that lead to the given places, with the names that a visitor sees.
func placeChoices(v *flow.Visit, ids []place.ID) (all []Choice) {
	for _, id := range ids {
		c := placeChoice(v.Desk, id)
		c.Name = flows.PlaceName(v, id)
		all = append(all, c)
	}
	return all
}

// Helplines returns a line for each helpline, which says whether it is open now (S1).
func Helplines(d *desk.Desk, now time.Time) (all []text.Text) {
	for _, line := range contact.Helplines(d) {
		all = append(all, line.FooterLine(now))
	}
	return all
}

// SpokenText returns the event as one text.
func (e Event) SpokenText() text.Text {
	return words.Concat(words.FormatDateTime(e.Time), text.SameInBoth(": "), words.JoinCommas(e.Text, e.Location))
}
