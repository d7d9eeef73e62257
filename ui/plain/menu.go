package plain

import (
	"slices"

	"loket/flows"
	"loket/ui/words"
)

// menu asks where to go.
type menu struct{ place flows.Place }

func (m *menu) StaysOpen() {}

func (m *menu) show(s *session) (next, error) {
	is := s.visit.Menu(m.place)
	s.heading(is.Asks)
	return s.choose(s.leads(is.Leads), m.place != flows.Home)
}

// leads are the choices of places.
func (s *session) leads(places []flows.Place) (all []choice) {
	for _, p := range places {
		all = append(all, s.lead(p))
	}
	return all
}

// outcome is where a flow ends: what came of it, and where the visitor can
// sensibly go from there.
type outcome struct {
	step flows.Step
	told map[string]string // what the visitor answered on the way

	waits bool // something half filled in waits under this
}

func (o *outcome) Prefill() map[string]string { return o.told }

func (o *outcome) show(s *session) (next, error) {
	s.heading(o.step.Says())
	if o.step.Tells != nil {
		s.say(o.step.Tells())
	}
	s.feet(o.step.Offers)
	offers := o.step.Offers
	if !slices.Contains(offers, flows.Home) {
		offers = append(slices.Clone(offers), flows.Home)
	}
	away, choices := next{place: flows.Home}, s.leads(offers)
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
func (s *session) feet(offers []flows.Place) {
	if !slices.Contains(offers, flows.Contact) {
		return
	}
	s.out.gap()
	for _, line := range s.visit.Lines() {
		s.say(line.Foot(s.desk.Clock.Now()))
	}
}
