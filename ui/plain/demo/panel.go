// Package demo is the panel of the demo, line by line (X7): the customers that the visitor
// can play, the mail and the clock.
//
// It opens over any other screen. It stands on package dialogue, and on the sandbox of
// package flows/demo. Start at NewPanel.
package demo

import (
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// panel is the menu of the demo.
type panel struct{}

// NewPanel returns the panel of the session's demo.
func NewPanel() dialogue.Screen { return &panel{} }

// IsPanel reports whether a screen is the panel.
func IsPanel(s dialogue.Screen) bool {
	_, is := s.(*panel)
	return is
}

func (p *panel) Show(s *dialogue.Session) (dialogue.Next, error) {
	mail, ok, err := fetchMail(s)
	if err != nil {
		return dialogue.Next{}, err
	}
	box := words.MailboxTitle(mail)
	if !ok {
		box = words.MailFailedText
	}
	s.Heading(text.SameInBoth("Demo"))
	s.Say(words.NowText(s.Desk.Clock.Now()))
	return s.Choose([]dialogue.Choice{
		{Name: words.DemoPersonsTitle, Next: dialogue.Next{Open: &peopleScreen{}}},
		{Name: box, Next: dialogue.Next{Open: &mailbox{}}},
		{Name: words.ClockTitle, Next: dialogue.Next{Open: &clockScreen{}}},
	}, true)
}
