package plain

import (
	"context"

	"loket/flows"
	"loket/ui/words"
)

// contact tells how to reach somebody, and whether that is possible right now (S1).
type contact struct{}

func (c *contact) show(s *session) (next, error) {
	now := s.desk.Clock.Now()
	s.heading(flows.Places[flows.Contact].Name)
	var leads []flows.Place
	for _, section := range s.visit.ContactSections() {
		s.heading(section.Heading)
		for _, paragraph := range section.Paragraphs {
			s.say(paragraph)
		}
		for _, line := range section.Lines {
			s.heading(line.Name)
			for _, t := range []flows.Text{line.For, line.Reach(), line.Status(now), line.Weekly()} {
				s.say(t)
			}
		}
		if section.Leads != "" {
			leads = append(leads, section.Leads)
		}
	}
	return s.choose(s.leads(leads), true)
}

// details is what the desk knows of the customer, each with the way to change it.
type details struct{}

func (d *details) keeps() {}

func (d *details) show(s *session) (next, error) {
	var all []flows.Detail
	ok, err := s.fetch("fetch details", func(ctx context.Context) (err error) {
		all, err = s.visit.Details(ctx)
		return err
	})
	if err != nil {
		return next{}, err
	}
	s.heading(flows.Places[flows.Details].Name)
	if !ok {
		s.say(words.NotNow)
		return s.choose([]choice{s.lead(flows.Contact)}, true)
	}
	s.say(words.ChooseToChange)
	var choices []choice
	for _, each := range all {
		name := words.Joined(each.Name, words.Either(": ", ": "), each.Is)
		choices = append(choices, choice{name: name, next: next{place: each.Changes}})
	}
	s.list(choices, true)
	s.out.gap()
	s.say(flows.AddressChanges)
	n, _, err := s.pick(choices, true, chooseNumber, false)
	return n, err
}

// activity is what happened lately with the customer's account.
type activity struct{}

func (a *activity) show(s *session) (next, error) {
	var all []flows.Happening
	ok, err := s.fetch("fetch activity", func(ctx context.Context) (err error) {
		all, err = s.visit.Activity(ctx)
		return err
	})
	if err != nil {
		return next{}, err
	}
	s.heading(flows.Places[flows.Activity].Name)
	if !ok {
		s.say(words.NotNow)
		return s.choose([]choice{s.lead(flows.Contact)}, true)
	}
	s.say(flows.NotYou)
	s.out.gap()
	for _, h := range all {
		comma := words.Either(", ", ", ")
		s.fact(words.Moment(h.At), words.Joined(h.Says, comma, words.Record(h.Terminal)))
	}
	s.feet([]flows.Place{flows.Contact})
	return s.choose([]choice{s.lead(flows.ChangingPassword)}, true)
}
