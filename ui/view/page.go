// Package view builds the pages that are only read: contact, what the desk knows of a customer,
// the recent events of an account, the answer to a question, the end of a flow, and a message
// of the demo. A page is data: the full screen draws a Page, and the plain face reads the same
// Page out. Neither has its own texts. Package sheet does the same for products.
//
// The package stands on the flows, which have most texts, and on package navigation for where a
// choice leads. Start at Page. Each other file has the functions that build some pages.
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
)

// A Page is a text to read, with choices of where to go from there. An empty field is left out.
type Page struct {
	Title     text.Text
	About     []text.Text // facts below the title, such as to whom a message went
	Sections  []Section
	Helplines []text.Text // a line for each helpline
	Choices   []Choice
	Note      text.Text       // what none of the choices can do
	FootLines []text.Text     // lines for helplines that the full screen draws and the plain face leaves out
	LeaveMove navigation.Move // where the visitor goes without a choice
}

// A Section is a part of a page.
type Section struct {
	Heading    text.Text
	Paragraphs []text.Text
	Helplines  []Helpline
	Events     []Event
	Choices    []Choice
}

// A Helpline is how and when the visitor can reach the bank.
type Helpline struct {
	Name, Purpose, PhoneText, Status, WeeklyHours text.Text
	IsOpen                                        bool // the helpline is open now
}

// An Event is an event of an account.
type Event struct {
	Time           time.Time
	Text, Location text.Text
}

// A Choice is something that the visitor can choose on a page.
type Choice struct {
	Name    text.Text
	Purpose text.Text // the purpose
	Value   text.Text // the current value of a detail that the choice changes
	Move    navigation.Move
}

// AllChoices returns the choices of the sections and then those of the page.
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

// placeChoices returns the choices that lead to places, with their names for a visitor.
func placeChoices(v *flow.Visit, ids []place.ID) (all []Choice) {
	for _, id := range ids {
		c := placeChoice(v.Desk, id)
		c.Name = flows.PlaceName(v, id)
		all = append(all, c)
	}
	return all
}

// Helplines returns a line for each helpline (S1), with whether it is open now.
func Helplines(d *desk.Desk, now time.Time) (all []text.Text) {
	for _, line := range contact.Helplines(d) {
		all = append(all, line.FooterLine(now))
	}
	return all
}
