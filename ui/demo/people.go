package demo

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/sheet"
	"loket/ui/words"
)

// peopleScreen shows the customers that the visitor can play, with every fact that a form
// may ask for.
type peopleScreen struct {
	cast []demo.Person
	listFocus
}

func newPeopleScreen(s *Sandbox) *peopleScreen { return &peopleScreen{cast: s.Cast} }

func (p *peopleScreen) Keys() []keys.Binding {
	return []keys.Binding{keys.UpDown}
}

func (p *peopleScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.handleKey(msg, len(p.cast))
	case screen.ClickMsg:
		if 0 <= msg.Y && msg.Y < len(p.cast) {
			p.at = msg.Y
		}
	}
	return nil
}

// View draws the names, and beside them the facts of the customer who has the focus.
func (p *peopleScreen) View(f screen.Frame) screen.Page {
	const gap = 3
	var names []string
	for i, person := range p.cast {
		names = append(names, drawEntry(f, f.Record(person.Name), i == p.at))
	}
	width := screen.MaxWidth(names)
	about := drawCard(f, p.cast[p.at], f.Width-width-gap)

	lines := make([]string, max(len(names), len(about)))
	for i := range lines {
		left, right := "", ""
		if i < len(names) {
			left = names[i]
		}
		if i < len(about) {
			right = about[i]
		}
		lines[i] = screen.Pad(left, width+gap) + right
	}
	return screen.Page{Lines: lines, Cursor: screen.NewCursor(screen.MarkWidth, p.at), Focus: screen.Span{From: p.at, To: p.at}}
}

// drawCard draws the facts of a person.
func drawCard(f screen.Frame, p demo.Person, width int) []string {
	lines := []string{f.Theme.Title.Render(f.Record(p.Name))}
	lines = append(lines, screen.StyleLines(f.Theme.Muted, f.Wrap(f.Say(p.Who), width))...)
	lines = append(lines, "")
	var facts []sheet.Fact
	for _, each := range p.Facts {
		facts = append(facts, sheet.Fact{Name: each.Label, Value: words.CleanRecord(each.Value)})
	}
	return append(lines, f.Facts(width, facts...)...)
}
