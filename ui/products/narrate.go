package products

import (
	"fmt"

	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/sheet"
	"loket/ui/words"
)

// Narrate returns the greeting, and the product or choice that has the focus. The kind of a product is public.
func (p *overview) Narrate(f screen.Frame) screen.Narration {
	n := screen.Narration{IsLoading: p.Busy(), Element: p.choices.Narrate()}
	switch {
	case p.state == screen.LoadFailed:
		n.Page = screen.Passages(screen.Public, sheet.FetchFailedText)
		return n
	case p.Busy():
		return n
	}
	n.Page = screen.Passages(screen.Private, sheet.Greeting(p.data.Name, f.Now))
	if len(p.data.Products) == 0 {
		n.Page = append(n.Page, screen.Passages(screen.Public, sheet.NoProductsText)...)
	}
	if i := p.choices.Focus; i < len(p.data.Products) {
		h := p.data.Products[i]
		n.Element = screen.Element{ID: fmt.Sprint("product ", i), Name: screen.Passages(screen.Public, sheet.KindDescriptions[h.Kind].Name)}
		n.Element.Name = append(n.Element.Name, screen.Passages(screen.Private, words.CleanRecordText(h.Name), sheet.NumberText(h))...)
		if len(h.OtherHolders) > 0 {
			n.Element.Name = append(n.Element.Name, screen.Passages(screen.Private, sheet.JointText)...)
		}
		amount := sheet.MainAmount(h)
		if sheet.HasMainAmount(h) {
			amount = words.JoinSpaced(sheet.KindDescriptions[h.Kind].Amount, amount)
		}
		n.Element.Name = append(n.Element.Name, screen.Passages(screen.Private, amount)...)
		n.Element.NarratePosition(i, len(p.choices.Items))
	}
	return n
}

// Narrate returns all facts of the product, and the choice to ask a question.
func (p *product) Narrate(f screen.Frame) screen.Narration {
	s := sheet.NewProductSheet(p.holding, f.Today())
	n := screen.Narration{Page: screen.Passages(screen.Public, sheet.KindDescriptions[p.holding.Kind].Name)}
	n.Page = append(n.Page, screen.Passages(screen.Private, append([]text.Text{s.Name}, s.SpokenTexts()...)...)...)
	n.Page = append(n.Page, screen.Passages(screen.Public, p.helpline.FooterLine(f.Now))...)
	n.Element = screen.Element{ID: "ask", Name: screen.Passages(screen.Public, sheet.AskQuestionText)}
	return n
}
