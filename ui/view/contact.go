package view

import (
	"loket/flows"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/ui/navigation"
)

// Contact is how to reach somebody, and whether that is possible right now (S1), with what
// can be done here instead.
func Contact(d *desk.Desk) Page {
	p := Page{Title: flows.At(place.Contact).Name, Leave: navigation.Back{}}
	for _, each := range flows.ContactSections(d) {
		s := Section{Heading: each.Heading, Paragraphs: each.Paragraphs}
		for _, line := range each.Lines {
			s.Helplines = append(s.Helplines, helpline(line, d))
		}
		if each.Leads != "" {
			s.Choices = []Choice{choose(d, each.Leads)}
		}
		p.Sections = append(p.Sections, s)
	}
	return p
}

func helpline(l flows.Helpline, d *desk.Desk) Helpline {
	now := d.Clock.Now()
	return Helpline{Name: l.Name, For: l.For, Reach: l.Reach(), Status: l.Status(now), Weekly: l.Weekly(), Open: l.Hours.Open(now)}
}
