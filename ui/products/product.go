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

// product is the screen of one product (V2): its name, its facts, and at the end how to ask
// something about it (V4). The visitor scrolls through it.
type product struct {
	holding      flows.Holding
	helpline     contact.Helpline // for questions about it
	questionLine int              // the line on which the choice to ask something was drawn last
	screen.Scroller
}

func newProduct(h flows.Holding, line contact.Helpline) *product {
	return &product{holding: h, helpline: line}
}

// QuestionSubject returns the product as the subject of a question.
func (p *product) QuestionSubject() flow.Subject { return sheet.QuestionSubject(p.holding) }

func (p *product) Keys() []keys.Binding {
	return p.Scroller.Keys(keys.Enter.WithHint(text.New("vraag stellen", "ask a question")), keys.Esc)
}

func (p *product) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.handleKey(msg)
	case screen.ClickMsg:
		if msg.Y >= p.questionLine {
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
		p.ToEnd() // to the choice to ask something
	default:
		p.Scroll(msg)
	}
	return nil
}

func (p *product) View(f screen.Frame) screen.Page {
	question := p.drawQuestion(f)
	lines := p.drawFacts(f, len(question))
	lines = append(lines, question...)
	p.questionLine = len(lines) - len(question) + questionHeadHeight
	drawn := p.VisiblePage(f, f.Clip(lines))
	if drawn.Focus.To == p.questionLine-1 {
		drawn.Lines[drawn.Focus.To] = "" // a horizontal line directly above that of the footer would look double
	}
	return drawn
}

// drawFacts draws the sheet of the product. It draws a lower chart if the page, with so many
// more lines below it, only fits that way.
func (p *product) drawFacts(f screen.Frame, linesBelow int) []string {
	s := sheet.ForProduct(p.holding, f.Today())
	lines := sheetDrawing{f}.drawSheet(s)
	if low := f; len(lines)+linesBelow > f.Height {
		low.Height = min(f.Height, lowPageHeight)
		if lower := (sheetDrawing{low}).drawSheet(s); len(lower)+linesBelow <= f.Height {
			return lower
		}
	}
	return lines
}

// questionHeadHeight is how many lines separate the choice to ask something from the facts.
const questionHeadHeight = 2

// drawQuestion draws the choice to ask something, below a horizontal line, with a helpline.
func (p *product) drawQuestion(f screen.Frame) []string {
	lines := []string{"", f.Theme.DrawRule(f.Width), f.Highlight(f.WithMarker(f.Say(sheet.AskText), true), true, f.Width)}
	for _, line := range f.Wrap(f.Say(p.helpline.FooterLine(f.Now)), f.Width-2) {
		lines = append(lines, "  "+f.Theme.Muted.Render(line))
	}
	return lines
}
