// Package view is the pages at the desk that are only read: service and contact, what
// the desk knows of a customer, what happened with their account, the answer to a
// question, how a flow ended, a message of the demo. Each is built once, as data; the full
// screen draws a Page, and the plain face reads the same one out. Neither has words of
// its own for them. What is shown of a product is built in the same way by package sheet.
//
// It stands on the flows, whose words these are, and on package navigation for where a
// page leads. Start at Page; then one function builds each: Contact, Details, Activity,
// Unavailable, Answer, Ending and Message.
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

// A Page is something to read, and where to go from there. What is empty is left out.
type Page struct {
	Title     text.Text
	About     []text.Text // what kind of thing this is, as to whom a message went
	Sections  []Section
	Helplines []text.Text // how to reach somebody, in a line each
	Choices   []Choice
	Note      text.Text       // what cannot be done by any of the choices
	Foot      []text.Text     // helplines that are at hand for the eye, and would only come between when read out
	Leave     navigation.Move // where a visitor goes who chooses nothing
}

// A Section is paragraphs, and what else belongs together with them.
type Section struct {
	Heading    text.Text
	Paragraphs []text.Text
	Helplines  []Helpline
	Events     []Event
	Choices    []Choice
}

// A Helpline is how and when to reach somebody.
type Helpline struct {
	Name, For, Reach, Status, Weekly text.Text
	Open                             bool // Status says so
}

// An Event is something that happened.
type Event struct {
	At          time.Time
	Says, Where text.Text
}

// A Choice is one of several things to do.
type Choice struct {
	Name  text.Text
	About text.Text // what for
	Value text.Text // what it is now, for something to change
	Leads navigation.Move
}

// AllChoices returns those of the sections and those of the page, in the order in which they stand.
func (p Page) AllChoices() (all []Choice) {
	for _, s := range p.Sections {
		all = append(all, s.Choices...)
	}
	return append(all, p.Choices...)
}

// placeChoice is the choice of a place.
func placeChoice(d *desk.Desk, id place.ID) Choice {
	return Choice{Name: flows.At(id).Name, About: flows.PurposeOf(d, id), Leads: navigation.GoTo{Place: id}}
}

// placeChoices is the choices of places for a visitor.
func placeChoices(v *flow.Visit, ids []place.ID) (all []Choice) {
	for _, id := range ids {
		c := placeChoice(v.Desk, id)
		c.Name = flows.NameFor(v, id)
		all = append(all, c)
	}
	return all
}

// Helplines are how to reach somebody (S1), and whether that is possible now.
func Helplines(d *desk.Desk, now time.Time) (all []text.Text) {
	for _, line := range contact.Helplines(d) {
		all = append(all, line.FooterLine(now))
	}
	return all
}
