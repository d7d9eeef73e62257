package plain

import (
	"loket/flows"
	"loket/flows/faq"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/words"
)

// questions is the frequently asked questions (S2): by section, or by a word.
type questions struct{}

func (q *questions) Aside() {}

func (q *questions) show(s *session) (next, error) {
	s.heading(flows.At(place.Questions).Name)
	var sections []choice
	for _, section := range faq.Sections(s.visit.Desk) {
		sections = append(sections, choice{name: section.Name, next: next{open: &asked{section.Name, section.Questions}}})
	}
	return s.search(sections)
}

// search lets the visitor choose, or search for questions.
func (s *session) search(choices []choice) (next, error) {
	s.list(choices, true)
	n, typed, err := s.pick(choices, true, chooseOrWord, true)
	if err != nil || typed == "" {
		return n, err
	}
	found := faq.NewIndex(s.visit.Desk).Find(typed, s.language)
	return next{open: &asked{foundSo(len(found)), found}}, nil
}

// asked is questions that belong together.
type asked struct {
	name text.Text
	all  []faq.Question
}

func (a *asked) Aside() {}

func (a *asked) show(s *session) (next, error) {
	if len(a.all) == 0 {
		s.heading(words.NothingFound)
		s.feet([]place.ID{place.Contact})
	} else {
		s.heading(a.name)
	}
	var choices []choice
	for _, q := range a.all {
		choices = append(choices, choice{name: q.Asks, next: next{open: &replied{q}}})
	}
	return s.search(choices)
}

// replied is the answer to a question, and where to do what it speaks of.
type replied struct{ question faq.Question }

func (r *replied) Aside() {}

func (r *replied) show(s *session) (next, error) {
	s.heading(r.question.Asks)
	s.say(r.question.Answer)
	leads := faq.Leads(s.visit, r.question)
	s.feet(leads)
	return s.choose(append(s.leads(leads), choice{name: words.OtherQuestions, next: next{back: true}}), false)
}
