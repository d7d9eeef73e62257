package demo

import (
	"loket/flows/demo"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// peopleScreen lists the customers that the visitor can act as.
type peopleScreen struct{}

func (p *peopleScreen) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	s.SayHeading(words.DemoPersonsTitle)
	var choices []dialogue.Choice
	for _, person := range s.Options.Demo.Persons {
		choices = append(choices, dialogue.Choice{Name: words.CleanRecordText(person.Name), About: person.Description, Next: dialogue.NextAction{Open: &personCard{person}}})
	}
	return s.Choose(choices, true)
}

// personCard reads out all facts of a customer that a form may ask for.
type personCard struct{ person demo.Person }

func (c *personCard) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	s.SayHeading(words.CleanRecordText(c.person.Name))
	s.Say(c.person.Description)
	s.Out.WriteGap()
	for _, each := range c.person.Facts {
		s.SayFact(each.Label, words.CleanRecordText(each.Value))
	}
	return s.Choose(nil, true)
}
