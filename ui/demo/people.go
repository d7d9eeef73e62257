package demo

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/sheet"
	"loket/ui/words"
)

// peopleScreen shows the customers that the visitor can act as, with every fact that a form may ask for.
type peopleScreen struct {
	people []demo.Person
	listFocus
}

// FillInMsg is the message to fill in the answers of a person. They go into the form that is open under the panel, or else into a
// form that the person can answer.
type FillInMsg struct{ demo.Person }

func newPeopleScreen(s *Sandbox) *peopleScreen { return &peopleScreen{people: s.Persons} }

func (p *peopleScreen) Keys() []keys.Binding {
	return []keys.Binding{keys.UpDown, keys.Enter.WithHint(text.New("invullen", "fill in"))}
}

func (p *peopleScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if !p.handleKey(msg, len(p.people)) && keys.Enter.Matches(msg) {
			return screen.Send(FillInMsg{p.people[p.focusIndex]})
		}
	case screen.ClickMsg:
		if 0 <= msg.Y && msg.Y < len(p.people) {
			p.focusIndex = msg.Y
		}
	}
	return nil
}

// View draws the names, and the facts of the customer whose name has the focus. The facts are beside the names, or below them
// in a narrow frame.
func (p *peopleScreen) View(f screen.Frame) screen.Page {
	const gap, leastCard = 3, 34
	names := f
	names.Width = 0
	for _, person := range p.people {
		names.Width = max(names.Width, screen.FocusMarkerWidth+screen.Width(f.CleanRecordText(person.Name)))
	}
	card := f.Width - names.Width - gap
	var page screen.Page
	if card < leastCard {
		names.Width = f.Width
	}
	for i, person := range p.people {
		page.Choices = append(page.Choices, screen.Span{From: i, To: i})
		page.Add(drawEntry(names, f.CleanRecordText(person.Name), i == p.focusIndex))
	}
	if card < leastCard {
		page.Add("")
		page.Add(drawPersonCard(f, p.people[p.focusIndex], f.Width)...)
	} else {
		page.Lines = f.JoinSideBySide(screen.PadToEqualWidths(page.Lines), drawPersonCard(f, p.people[p.focusIndex], card))
	}
	page.Cursor, page.Focus = screen.NewCursor(screen.FocusMarkerWidth, p.focusIndex), screen.Span{From: p.focusIndex, To: p.focusIndex}
	return page
}

// drawPersonCard draws the facts of a person.
func drawPersonCard(f screen.Frame, p demo.Person, width int) []string {
	lines := []string{f.Theme.Title.Render(f.CleanRecordText(p.Name))}
	lines = append(lines, screen.StyleLines(f.Theme.Muted, f.Wrap(f.Translate(p.Description), width))...)
	lines = append(lines, "")
	var facts []sheet.Fact
	for _, each := range p.Facts {
		facts = append(facts, sheet.Fact{Name: each.Label, Value: words.CleanRecordText(each.Value)})
	}
	return append(lines, f.DrawFacts(width, facts...)...)
}
