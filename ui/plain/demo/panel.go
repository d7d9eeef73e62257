// Package demo is the demo panel of the plain-text interface (X7): the invented customers that the visitor can act as, the mailbox and
// the clock. It opens over any other screen. Package flows/demo decides what happens in the demo.
//
// Start at NewPanel.
package demo

import (
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// panel is the menu of the demo, from which the visitor chooses a part.
type panel struct{}

// NewPanel returns the demo panel.
func NewPanel() dialogue.Screen { return &panel{} }

// IsPanel reports whether a screen is the demo panel.
func IsPanel(s dialogue.Screen) bool {
	_, is := s.(*panel)
	return is
}

func (p *panel) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	mail, ok, err := fetchMail(s)
	if err != nil {
		return dialogue.NextAction{}, err
	}
	box := words.MailboxTitle(mail)
	if !ok {
		box = words.MailFailedText
	}
	s.SayHeading(text.SameInBoth("Demo"))
	s.Say(words.NowText(s.Desk.Clock.Now()))
	return s.Choose([]dialogue.Choice{
		{Name: words.DemoPersonsTitle, Next: dialogue.NextAction{Open: &peopleScreen{}}},
		{Name: box, Next: dialogue.NextAction{Open: &mailbox{}}},
		{Name: words.ClockTitle, Next: dialogue.NextAction{Open: &clockScreen{}}},
	}, true)
}
