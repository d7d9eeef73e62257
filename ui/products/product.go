package products

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/sheet"
)

// product is the screen of one product (V2): its name, what mijn.nn knows of it,
// and at the end how to ask something about it (V4). It is read by scrolling.
type product struct {
	held flows.Holding
	line contact.Helpline // for questions about it
	asks int              // the line of the question, as drawn last
	screen.Scroller
}

func newProduct(h flows.Holding, line contact.Helpline) *product {
	return &product{held: h, line: line}
}

// Subject is the product.
func (p *product) Subject() flow.Subject { return sheet.Subject(p.held) }

func (p *product) Keys() []keys.Binding {
	return p.Scroller.Keys(keys.Enter.As(text.New("vraag stellen", "ask a question")), keys.Esc)
}

func (p *product) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.handleKey(msg)
	case screen.ClickMsg:
		if msg.Y >= p.asks {
			return screen.Send(screen.GoTo{Place: place.Contact})
		}
	}
	return nil
}

func (p *product) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case keys.Esc.Matches(msg):
		return screen.Send(screen.Back{})
	case keys.Enter.Matches(msg):
		return screen.Send(screen.GoTo{Place: place.Contact})
	case keys.Tab.Matches(msg):
		p.ToEnd() // where the question is
	default:
		p.Scroll(msg)
	}
	return nil
}

func (p *product) View(f screen.Frame) screen.Page {
	question := p.drawQuestion(f)
	lines := p.drawFacts(f, len(question))
	lines = append(lines, question...)
	p.asks = len(lines) - len(question) + questionHead
	drawn := p.VisiblePage(f, f.Clip(lines))
	if drawn.Focus.To == p.asks-1 {
		drawn.Lines[drawn.Focus.To] = "" // a line across that has nothing under it but the one of the footer
	}
	return drawn
}

// drawFacts draws what mijn.nn knows, with a lower chart if all fits by that, together
// with so many more lines.
func (p *product) drawFacts(f screen.Frame, more int) []string {
	s := sheet.Of(p.held, f.Today())
	lines := sheetDrawing{f}.drawSheet(s)
	if low := f; len(lines)+more > f.Height {
		low.Height = min(f.Height, lowHeight)
		if lower := (sheetDrawing{low}).drawSheet(s); len(lower)+more <= f.Height {
			return lower
		}
	}
	return lines
}

// questionHead is how many lines stand above the question, to set it apart.
const questionHead = 2

// drawQuestion draws how to ask something, below a line across.
func (p *product) drawQuestion(f screen.Frame) []string {
	lines := []string{"", f.Theme.DrawRule(f.Width), f.Highlight(f.WithMarker(f.Say(sheet.AskText), true), true, f.Width)}
	for _, line := range f.Wrap(f.Say(p.line.FooterLine(f.Now)), f.Width-2) {
		lines = append(lines, "  "+f.Theme.Muted.Render(line))
	}
	return lines
}
