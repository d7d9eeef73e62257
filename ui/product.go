package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/sheet"
)

// product is the screen of one product (V2): its name, what mijn.nn knows of it,
// and at the end how to ask something about it (V4). It is read by scrolling.
type product struct {
	held flows.Holding
	line contact.Helpline // for questions about it
	asks int              // the line of the question, as drawn last
	scroller
}

func newProduct(h flows.Holding, line contact.Helpline) *product {
	return &product{held: h, line: line}
}

func (p *product) Keys() []hint {
	return p.hints(hint{"Enter", text.New("vraag stellen", "ask a question")}, hint{"Esc", text.New("terug", "back")})
}

func (p *product) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(msg.String())
	case click:
		if msg.Y >= p.asks {
			return to(goTo{place.Contact})
		}
	}
	return nil
}

func (p *product) press(key string) tea.Cmd {
	switch key {
	case "esc":
		return to(back{})
	case "enter":
		return to(goTo{place.Contact})
	case "tab":
		key = "end" // to the question
	}
	p.scroll(key)
	return nil
}

func (p *product) View(f frame) page {
	question := p.question(f)
	lines := p.told(f, len(question))
	lines = append(lines, question...)
	p.asks = len(lines) - len(question) + questionHead
	drawn := p.part(f, f.inside(lines))
	if drawn.Focus.To == p.asks-1 {
		drawn.Lines[drawn.Focus.To] = "" // a line across that has nothing under it but the one of the footer
	}
	drawn.Cursor = newCursor(0, p.asks)
	return drawn
}

// told draws what mijn.nn knows, with a lower chart if all fits by that, together
// with so many more lines.
func (p *product) told(f frame, more int) []string {
	s := sheet.Of(p.held, f.day())
	lines := f.sheet(s)
	if low := f; len(lines)+more > f.Height {
		low.Height = min(f.Height, lowHeight)
		if lower := low.sheet(s); len(lower)+more <= f.Height {
			return lower
		}
	}
	return lines
}

// questionHead is how many lines stand above the question, to set it apart.
const questionHead = 2

// question draws how to ask something, below a line across.
func (p *product) question(f frame) []string {
	lines := []string{"", f.Theme.Across(f.Width), f.lit(f.marked(f.Theme.Chosen.Render(f.say(sheet.Ask)), true), true, f.Width)}
	for _, line := range f.wrap(f.say(p.line.Foot(f.Now)), f.Width-2) {
		lines = append(lines, "  "+f.Theme.Muted.Render(line))
	}
	return lines
}
