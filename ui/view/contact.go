package view

import (
	"time"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/ui/navigation"
)

// ContactPage returns the page with the helplines, whether they are open now (S1), and what the visitor can do at the desk
// instead.
func ContactPage(d *desk.Desk, now time.Time) Page {
	p := Page{Title: flows.PlaceAt(place.Contact).Name, LeaveMove: navigation.Back{}}
	for _, each := range contact.PageSections(d) {
		s := Section{Heading: each.Heading, Paragraphs: each.Paragraphs}
		for _, line := range each.Helplines {
			s.Helplines = append(s.Helplines, newHelpline(line, now))
		}
		if each.Target != "" {
			s.Choices = []Choice{placeChoice(d, each.Target)}
		}
		p.Sections = append(p.Sections, s)
	}
	return p
}

func newHelpline(l contact.Helpline, now time.Time) Helpline {
	return Helpline{Name: l.Name, Purpose: l.Purpose, PhoneText: l.PhoneText(), Status: l.OpenStatus(now), WeeklyHours: l.WeeklyHours(), IsOpen: l.Hours.IsOpen(now)}
}
