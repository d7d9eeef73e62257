package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows/faq"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// answer is the answer to a question, and where to do what it speaks of.
type answer struct {
	visit    *flow.Visit
	question faq.Question
	selection
}

func newAnswer(visit *flow.Visit, question faq.Question) *answer {
	a := &answer{visit: visit, question: question}
	for _, p := range faq.Leads(visit, question) {
		a.items = append(a.items, placeOption(visit, p))
	}
	a.items = append(a.items, item{name: words.OtherQuestions, goes: back{}})
	return a
}

// Aside makes it one that the visitor comes back from.
func (a *answer) Aside() {}

func (a *answer) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case click:
		return a.click(msg)
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return to(back{})
		}
		return a.press(msg.String())
	}
	return nil
}

func (a *answer) View(f frame) page {
	var p page
	p.add(styled(f.Theme.Title, f.wrap(f.say(a.question.Asks), f.Width))...)
	p.add("")
	p.add(f.wrap(f.say(a.question.Answer), f.Width)...)
	p.add("")
	a.draw(f, &p)
	if slices.Contains(a.question.Leads, place.Contact) {
		p.add(f.feet(a.visit)...)
	}
	return p
}

func (a *answer) Keys() []hint {
	return []hint{{theme.UpDown, text.New("kiezen", "choose")}, {"Enter", text.New("verder", "continue")}, {"Esc", text.New("terug", "back")}}
}
