package pages

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// answer is the answer to a question, and where to do what it speaks of.
type answer struct {
	visit    *flows.Visit
	question flows.Question
	screen.List
}

func newAnswer(visit *flows.Visit, question flows.Question) *answer {
	a := &answer{visit: visit, question: question}
	for _, p := range visit.Leads(question) {
		a.Items = append(a.Items, screen.PlaceItem(visit, p))
	}
	a.Items = append(a.Items, screen.Item{Name: words.OtherQuestions, Goes: screen.Back{}})
	return a
}

// Overlay makes it one that the visitor comes back from.
func (a *answer) Overlay() {}

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
	if slices.Contains(a.question.Leads, flows.Contact) {
		p.Add(f.Helplines(a.visit)...)
	}
	return p
}

func (a *answer) Keys() []keys.Binding {
	return []keys.Binding{keys.UpDown, keys.Enter, keys.Esc}
}
