package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows/faq"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// answer is the answer to a question, and where to do what it speaks of.
type answer struct {
	visit    *flow.Visit
	question faq.Question
	screen.List
}

func newAnswer(visit *flow.Visit, question faq.Question) *answer {
	a := &answer{visit: visit, question: question}
	for _, p := range faq.Leads(visit, question) {
		a.Items = append(a.Items, screen.PlaceItem(visit, p))
	}
	a.Items = append(a.Items, screen.Item{Name: words.OtherQuestions, Goes: screen.Back{}})
	return a
}

// Aside makes it one that the visitor comes back from.
func (a *answer) Aside() {}

func (a *answer) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.ClickMsg:
		return a.Click(msg)
	case tea.KeyPressMsg:
		if keys.Esc.Matches(msg) {
			return screen.Send(screen.Back{})
		}
		return a.Press(msg)
	}
	return nil
}

func (a *answer) View(f screen.Frame) screen.Page {
	var p screen.Page
	p.Add(screen.Styled(f.Theme.Title, f.Wrap(f.Say(a.question.Asks), f.Width))...)
	p.Add("")
	p.Add(f.Wrap(f.Say(a.question.Answer), f.Width)...)
	p.Add("")
	a.Draw(f, &p)
	if slices.Contains(a.question.Leads, place.Contact) {
		p.Add(f.Helplines(a.visit)...)
	}
	return p
}

func (a *answer) Keys() []keys.Binding {
	return []keys.Binding{keys.UpDown, keys.Enter, keys.Esc}
}
