package pages

import (
	"context"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
	"loket/ui/handover"
	"loket/ui/navigation"
	"loket/ui/plain/dialogue"
	"loket/ui/sheet"
	"loket/ui/words"
)

// products reads out the overview of all products of the customer (V1).
type products struct{}

// NewProducts returns the overview of the logged-in customer's products.
func NewProducts() dialogue.Screen { return &products{} }

func (p *products) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	var all flows.Overview
	ok, err := s.Fetch("fetch products", func(ctx context.Context) (err error) {
		all, err = flows.LoadProductOverview(ctx, s.Visit)
		return err
	})
	if err != nil {
		return dialogue.NextAction{}, err
	}
	if !ok {
		s.SayHeading(sheet.FetchFailedText)
		s.SayHelplines()
		return s.Choose([]dialogue.Choice{{Name: words.TryAgain}, s.PlaceChoice(place.Contact)}, true)
	}
	s.SayHeading(sheet.Greeting(all.Name, s.Desk.Clock.Now()))
	if len(all.Products) == 0 {
		s.Say(sheet.NoProductsText)
	}
	choices := sayOverview(s, all.Products)
	s.Out.WriteGap()
	for _, c := range []dialogue.Choice{s.PlaceChoice(place.AddProduct), {Name: sheet.MissingProductText, Next: dialogue.NextMoveAction(navigation.GoTo{Place: place.Contact})}} {
		choices = append(choices, c)
		s.WriteChoice(len(choices), c)
	}
	s.WriteChoice(0, dialogue.Choice{Name: words.Back})
	s.Out.WriteGap()
	s.Say(contact.SupportLine(s.Visit.Desk).FooterLine(s.Desk.Clock.Now()))
	n, _, err := s.AskChoiceNumber(choices, true, dialogue.ChooseNumberText, false)
	return n, err
}

// sayOverview reads the products out, grouped by kind. It returns the choices that open the products.
func sayOverview(s *dialogue.Session, all []flows.Holding) (choices []dialogue.Choice) {
	var kind store.ProductKind
	for _, h := range all {
		if h.Kind != kind {
			kind = h.Kind
			s.QueuePiece(func() { s.SayHeading(sheet.KindDescriptions[h.Kind].Name) })
		}
		c := dialogue.Choice{Name: productLineText(h), Next: dialogue.NextAction{Open: NewProduct(h)}}
		choices = append(choices, c)
		number := len(choices)
		s.QueueListItem(func() { s.WriteChoice(number, c) })
	}
	s.WriteQueuedPieces()
	return choices
}

// productLineText returns the line about a product in the overview: "Internetsparen, NL22 NNBA 0123 4567 89, samen: saldo €
// 12.345,67".
func productLineText(h flows.Holding) text.Text {
	comma, colon := text.SameInBoth(", "), text.SameInBoth(": ")
	t := words.Concat(words.CleanRecordText(h.Name), comma, sheet.NumberText(h))
	if len(h.OtherHolders) > 0 {
		t = words.Concat(t, comma, sheet.JointText)
	}
	amount := sheet.MainAmount(h)
	if sheet.HasMainAmount(h) {
		amount = words.JoinSpaced(sheet.KindDescriptions[h.Kind].Amount, amount)
	}
	return words.Concat(t, colon, amount)
}

// product reads out one product (V2), and how to ask a question about it (V4).
type product struct{ holding flows.Holding }

// NewProduct returns the screen that reads out one product.
func NewProduct(h flows.Holding) dialogue.Screen { return &product{h} }

// HandOver returns the product for the full screen.
func (p *product) HandOver() handover.Screen { return handover.Screen{Product: &p.holding} }

// QuestionSubject returns the product as the subject of a question.
func (p *product) QuestionSubject() flow.QuestionSubject { return sheet.QuestionSubject(p.holding) }

func (p *product) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	now := s.Desk.Clock.Now()
	saySheet(s, sheet.NewProductSheet(p.holding, dutch.DateOf(now)))
	s.Out.WriteGap()
	s.Say(contact.HelplineFor(s.Visit.Desk, p.holding.Kind).FooterLine(now))
	return s.Choose([]dialogue.Choice{{Name: sheet.AskQuestionText, Next: dialogue.NextMoveAction(navigation.GoTo{Place: place.Contact})}}, true)
}
