package products

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/handover"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/sheet"
)

// product is the screen of one product (V2). It shows the name and the facts and, at the end, how to ask a question about the
// product (V4). The visitor scrolls through it.
type product struct {
	holding      flows.Holding
	helpline     contact.Helpline // helpline is the helpline for questions about the product.
	questionLine int              // questionLine is the line of the choice to ask a question, when the page was last drawn.
	screen.Scroller
}

func newProduct(h flows.Holding, line contact.Helpline) *product {
	return &product{holding: h, helpline: line}
}

// NewProduct returns the screen of a product at a desk.
func NewProduct(d *desk.Desk, h flows.Holding) screen.Screen {
	return newProduct(h, contact.HelplineFor(d, h.Kind))
}

// HandOver returns the product for the other face of the desk.
func (p *product) HandOver() handover.Screen { return handover.Screen{Product: &p.holding} }

// QuestionSubject returns the product as the subject of a question.
func (p *product) QuestionSubject() flow.QuestionSubject { return sheet.QuestionSubject(p.holding) }

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
		p.ScrollToEnd() // Scroll to the choice to ask a question.
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
	drawn.Choices = []screen.Span{{From: p.questionLine, To: len(lines) - 1}}
	if drawn.Focus.To == p.questionLine-1 {
		drawn.Lines[drawn.Focus.To] = "" // Hide a horizontal line that is directly above the line of the footer.
	}
	return drawn
}

// drawFacts draws the sheet of the product. If the page does not fit together with linesBelow more lines, but does fit with a
// lower chart, it draws the lower chart.
func (p *product) drawFacts(f screen.Frame, linesBelow int) []string {
	s := sheet.NewProductSheet(p.holding, f.Today())
	lines := sheetDrawing{f}.drawSheet(s)
	if low := f; len(lines)+linesBelow > f.Height {
		low.Height = min(f.Height, lowChartPageHeight)
		if lower := (sheetDrawing{low}).drawSheet(s); len(lower)+linesBelow <= f.Height {
			return lower
		}
	}
	return lines
}

// questionHeadHeight is the number of lines between the facts and the choice to ask a question.
const questionHeadHeight = 2

// drawQuestion draws a horizontal line, the choice to ask a question, and a helpline.
func (p *product) drawQuestion(f screen.Frame) []string {
	lines := []string{"", f.Theme.DrawRule(f.Width), f.Highlight(f.AddFocusMarker(f.Translate(sheet.AskQuestionText), true), true, f.Width)}
	for _, line := range f.Wrap(f.Translate(p.helpline.FooterLine(f.Now)), f.Width-2) {
		lines = append(lines, "  "+f.Theme.Muted.Render(line))
	}
	return lines
}
