package demo

import (
	"context"

	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// clockScreen shows the clock of the sandbox, which the visitor can move forward.
type clockScreen struct{ explanation text.Text }

func (c *clockScreen) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	s.SayHeading(words.NowText(s.Desk.Clock.Now()))
	if c.explanation == (text.Text{}) {
		c.explanation = words.ClockText
	}
	s.Say(c.explanation)
	var choices []dialogue.Choice
	for _, step := range demo.TimeSteps {
		choices = append(choices, dialogue.Choice{Name: step.Name, Next: dialogue.NextAction{Replace: &clockMoveScreen{step}}})
	}
	return s.Choose(choices, true)
}

// clockMoveScreen is the screen that moves the clock and then opens the clock screen.
type clockMoveScreen struct{ step demo.TimeStep }

func (m *clockMoveScreen) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	var moved demo.AdvanceReport
	ok, err := s.Fetch("look what happened in the demo", func(ctx context.Context) (err error) {
		moved, err = s.Options.Demo.AdvanceClock(ctx, m.step)
		return err
	})
	meanwhile := words.AdvanceReportText(moved)
	if !ok {
		meanwhile = words.ClockFailedText
	}
	return dialogue.NextAction{Replace: &clockScreen{meanwhile}}, err
}
