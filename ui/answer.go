package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// answer is the answer to a question, and where to do what it speaks of.
type answer struct {
	visit    *flows.Visit
	question flows.Question
	List
}

func newAnswer(visit *flows.Visit, question flows.Question) *answer {
	a := &answer{visit: visit, question: question}
	for _, p := range visit.Leads(question) {
		a.Items = append(a.Items, PlaceItem(visit, p))
	}
	a.Items = append(a.Items, Item{Name: words.OtherQuestions, Goes: Back{}})
	return a
}

// Aside makes it one that the visitor comes back from.
func (a *answer) Aside() {}

func (a *answer) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ClickMsg:
		return a.Click(msg)
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return Send(Back{})
		}
		return a.Press(msg.String())
	}
	return nil
}

func (a *answer) View(f Frame) Page {
	var p Page
	p.Add(Styled(f.Theme.Title, f.Wrap(f.Say(a.question.Asks), f.Width))...)
	p.Add("")
	p.Add(f.Wrap(f.Say(a.question.Answer), f.Width)...)
	p.Add("")
	a.Draw(f, &p)
	if slices.Contains(a.question.Leads, flows.Contact) {
		p.Add(f.Helplines(a.visit)...)
	}
	return p
}

func (a *answer) Keys() []Hint {
	return []Hint{{theme.UpDown, text.New("kiezen", "choose")}, {"Enter", text.New("verder", "continue")}, {"Esc", text.New("terug", "back")}}
}
