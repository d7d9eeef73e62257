package plain

import (
	"context"
	"slices"

	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/words"
)

// drawer is the drawer of the demo (X7), which opens over any other screen: who
// the visitor can be, what was written to whom, and the clock.
type drawer struct{}

// openDrawer opens it, unless it is open.
func (s *session) openDrawer() {
	at := slices.IndexFunc(s.screens, func(each screen) bool { _, is := each.(*drawer); return is })
	if at < 0 {
		s.screens = append(s.screens, &drawer{})
		return
	}
	s.screens = s.screens[:at+1]
}

func (d *drawer) show(s *session) (next, error) {
	mail, ok, err := s.mail()
	if err != nil {
		return next{}, err
	}
	box := words.Mailbox(mail)
	if !ok {
		box = words.MailFails
	}
	s.heading(text.Same("Demo"))
	s.say(words.ItIsNow(s.desk.Clock.Now()))
	return s.choose([]choice{
		{name: words.WhoYouCanBe, next: next{open: &people{}}},
		{name: box, next: next{open: &mailbox{}}},
		{name: words.Clock, next: next{open: &clockScreen{}}},
	}, true)
}

// mail fetches what was written to anybody in the sandbox, newest first.
func (s *session) mail() (mail []demo.Mail, ok bool, err error) {
	ok, err = s.fetch("fetch the mail of the demo", func(ctx context.Context) (err error) {
		mail, err = s.options.Demo.Mailbox(ctx)
		return err
	})
	return mail, ok, err
}

// people is who the visitor can be.
type people struct{}

func (p *people) show(s *session) (next, error) {
	s.heading(words.WhoYouCanBe)
	var choices []choice
	for _, person := range s.options.Demo.Cast {
		choices = append(choices, choice{name: words.Record(person.Name), about: person.Who, next: next{open: &card{person}}})
	}
	return s.choose(choices, true)
}

// card is one of them, with all that the forms will ask for.
type card struct{ person demo.Person }

func (c *card) show(s *session) (next, error) {
	s.heading(words.Record(c.person.Name))
	s.say(c.person.Who)
	s.out.gap()
	for _, each := range c.person.Facts {
		s.fact(each.Label, words.Record(each.Value))
	}
	return s.choose(nil, true)
}

// mailbox is all mail.
type mailbox struct{}

func (m *mailbox) show(s *session) (next, error) {
	mail, ok, err := s.mail()
	if err != nil {
		return next{}, err
	}
	s.heading(words.Mailbox(mail))
	switch {
	case !ok:
		s.say(words.MailFails)
	case len(mail) == 0:
		s.say(words.NoMail)
	}
	var choices []choice
	for _, each := range mail {
		c := choice{words.Capital(words.Addressee(each)), words.ComesBy(each), next{open: &reading{each}}}
		if each.Arrived {
			c.about = each.Subject
		}
		choices = append(choices, c)
	}
	return s.choose(choices, true)
}

// reading is a message, in the language that it went out in or in the other one.
type reading struct{ mail demo.Mail }

func (r *reading) show(s *session) (next, error) {
	if !r.mail.Arrived {
		s.heading(words.Capital(words.Addressee(r.mail)))
		s.say(words.LetterComesBy(r.mail))
		return s.choose(nil, true)
	}
	inside := func(t text.Text) text.Text { // the envelope
		said := t.In(r.mail.Language)
		return text.Same(said)
	}
	s.heading(inside(r.mail.Subject))
	s.say(words.Capital(commas(words.Addressee(r.mail), words.ArrivedOn(r.mail))))
	s.out.gap()
	s.say(inside(r.mail.Body))
	other := r.mail
	other.Language = other.Language.Other()
	return s.choose([]choice{{name: words.Capital(words.OtherLanguage), next: next{instead: &reading{other}}}}, true)
}

// clockScreen is the time in the sandbox, which the visitor can move.
type clockScreen struct{ meanwhile text.Text }

func (c *clockScreen) show(s *session) (next, error) {
	s.heading(words.ItIsNow(s.desk.Clock.Now()))
	if c.meanwhile == (text.Text{}) {
		c.meanwhile = words.ClockTells
	}
	s.say(c.meanwhile)
	var choices []choice
	for _, step := range demo.Steps {
		choices = append(choices, choice{name: step.Name, next: next{instead: &moving{step}}})
	}
	return s.choose(choices, true)
}

// moving moves the clock, and then shows it.
type moving struct{ step demo.Step }

func (m *moving) show(s *session) (next, error) {
	var moved demo.Moved
	ok, err := s.fetch("look what happened in the demo", func(ctx context.Context) (err error) {
		moved, err = s.options.Demo.Move(ctx, m.step)
		return err
	})
	meanwhile := words.Meanwhile(moved)
	if !ok {
		meanwhile = words.ClockFails
	}
	return next{instead: &clockScreen{meanwhile}}, err
}
