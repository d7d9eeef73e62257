package plain

import (
	"slices"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/words"
)

// menu asks where to go.
type menu struct{ place place.ID }

func (m *menu) Keeps() {}

func (m *menu) show(s *session) (next, error) {
	is := flows.MenuAt(s.visit, m.place)
	s.heading(is.Question)
	return s.choose(s.leads(is.Leads), m.place != place.Home)
}

// leads are the choices of places.
func (s *session) leads(places []place.ID) (all []choice) {
	for _, p := range places {
		all = append(all, s.lead(p))
	}
	return all
}

// outcome is where a flow ends: what came of it, and where the visitor can
// sensibly go from there.
type outcome struct {
	step flow.Step
	told map[string]string // what the visitor answered on the way

	waits bool // something half filled in waits under this
}

func (o *outcome) Told() map[string]string { return o.told }

func (o *outcome) show(s *session) (next, error) {
	s.heading(o.step.Title())
	if o.step.Body != nil {
		s.say(o.step.Body())
	}
	s.feet(o.step.Offers)
	offers := o.step.Offers
	if !slices.Contains(offers, place.Home) {
		offers = append(slices.Clone(offers), place.Home)
	}
	away, choices := next{place: place.Home}, s.leads(offers)
	if o.waits {
		away = next{resume: true}
		choices = slices.Insert(choices, 0, choice{name: words.Resume, next: away})
	}
	n, err := s.choose(choices, false)
	if err == errBack {
		return away, nil
	}
	return n, err
}

// feet tells how to reach somebody, where places to go on to have contact (S1).
func (s *session) feet(offers []place.ID) {
	if !slices.Contains(offers, place.Contact) {
		return
	}
	s.out.gap()
	for _, line := range contact.Lines(s.visit.Desk) {
		s.say(line.Foot(s.desk.Clock.Now()))
	}
}
