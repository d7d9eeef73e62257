package plain

import (
	"context"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/words"
)

// contactPage tells how to reach somebody, and whether that is possible right now (S1).
type contactPage struct{}

func (c *contactPage) Aside() {}

func (c *contactPage) show(s *session) (next, error) {
	now := s.desk.Clock.Now()
	s.heading(flows.At(place.Contact).Name)
	var leads []place.ID
	for _, section := range contact.Sections(s.visit.Desk) {
		s.heading(section.Heading)
		for _, paragraph := range section.Paragraphs {
			s.say(paragraph)
		}
		for _, line := range section.Lines {
			s.heading(line.Name)
			for _, t := range []text.Text{line.For, line.Reach(), line.Status(now), line.Weekly()} {
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

func (d *details) Keeps() {}

func (d *details) show(s *session) (next, error) {
	return fetched(s, place.Details, func(ctx context.Context) ([]flows.Detail, error) { return flows.DetailsOf(ctx, s.visit) }, d.read)
}

func (d *details) read(s *session, all []flows.Detail) (next, error) {
	s.say(words.ChooseToChange)
	var choices []choice
	for _, each := range all {
		name := words.Joined(each.Name, text.Same(": "), each.Value)
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
	return fetched(s, place.Activity, func(ctx context.Context) ([]flows.AccountEvent, error) { return flows.ActivityOf(ctx, s.visit) }, a.read)
}

func (a *activity) read(s *session, all []flows.AccountEvent) (next, error) {
	s.say(flows.NotYou)
	s.out.gap()
	for _, h := range all {
		comma := text.Same(", ")
		s.fact(words.Moment(h.At), words.Joined(h.Text, comma, flows.AtTerminal(words.Record(h.Terminal).In(s.language))))
	}
	s.feet([]place.ID{place.Contact})
	return s.choose([]choice{s.lead(place.ChangePassword)}, true)
}

// fetched reads out a place for which something must be fetched first.
func fetched[T any](s *session, at place.ID, get func(context.Context) (T, error), read func(*session, T) (next, error)) (next, error) {
	var what T
	ok, err := s.fetch("fetch "+string(at), func(ctx context.Context) (err error) {
		what, err = get(ctx)
		return err
	})
	if err != nil {
		return next{}, err
	}
	s.heading(flows.At(at).Name)
	if !ok {
		s.say(words.NotNow)
		return s.choose([]choice{s.lead(place.Contact)}, true)
	}
	return read(s, what)
}
