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
	"loket/ui/navigation"
	"loket/ui/plain/dialogue"
	"loket/ui/sheet"
	"loket/ui/words"
)

// products reads out the overview of all products of the customer (V1).
type products struct{}

// NewProducts returns the overview of the logged-in customer's products.
func NewProducts() dialogue.Screen { return &products{} }

func (p *products) Show(s *dialogue.Session) (dialogue.Next, error) {
	var all flows.Overview
	ok, err := s.Fetch("fetch products", func(ctx context.Context) (err error) {
		all, err = flows.OverviewOf(ctx, s.Visit)
		return err
	})
	if err != nil {
		return dialogue.Next{}, err
	}
	if !ok {
		s.Heading(sheet.FetchFailedText)
		s.Helplines()
		return s.Choose([]dialogue.Choice{{Name: words.TryAgain}, s.PlaceChoice(place.Contact)}, true)
	}
	s.Heading(sheet.Greeting(all.Name, s.Desk.Clock.Now()))
	if len(all.Products) == 0 {
		s.Say(sheet.EmptyText)
	}
	choices := sayOverview(s, all.Products)
	s.Out.Gap()
	for _, c := range []dialogue.Choice{s.PlaceChoice(place.AddProduct), {Name: sheet.MissingText, Next: dialogue.To(navigation.GoTo{Place: place.Contact})}} {
		choices = append(choices, c)
		s.WriteChoice(len(choices), c)
	}
	s.WriteChoice(0, dialogue.Choice{Name: words.Back})
	s.Out.Gap()
	s.Say(contact.SupportLine(s.Visit.Desk).FooterLine(s.Desk.Clock.Now()))
	n, _, err := s.AskNumber(choices, true, dialogue.ChooseNumber, false)
	return n, err
}

// sayOverview reads the products out by kind, and returns the choices that open them.
func sayOverview(s *dialogue.Session, all []flows.Holding) (choices []dialogue.Choice) {
	var kind store.ProductKind
	for _, h := range all {
		if h.Kind != kind {
			kind = h.Kind
			s.Later(func() { s.Heading(sheet.Kinds[h.Kind].Name) })
		}
		c := dialogue.Choice{Name: inOverview(h), Next: dialogue.Next{Open: &product{h}}}
		choices = append(choices, c)
		number := len(choices)
		s.LaterItem(func() { s.WriteChoice(number, c) })
	}
	s.More()
	return choices
}

// inOverview returns the line of a product in the overview: "Internetsparen,
// NL22 NNBA 0123 4567 89, samen: saldo € 12.345,67".
func inOverview(h flows.Holding) text.Text {
	comma, colon := text.Untranslated(", "), text.Untranslated(": ")
	t := words.Concat(words.CleanRecord(h.Name), comma, sheet.NumberText(h))
	if len(h.Joint) > 0 {
		t = words.Concat(t, comma, sheet.JointText)
	}
	telling := sheet.MainAmount(h)
	if sheet.HasMainAmount(h) {
		telling = words.JoinSpaced(sheet.Kinds[h.Kind].Amount, telling)
	}
	return words.Concat(t, colon, telling)
}

// product reads out one product (V2), and how to ask something about it (V4).
type product struct{ held flows.Holding }

// Subject returns the product as the subject of a question.
func (p *product) Subject() flow.Subject { return sheet.Subject(p.held) }

func (p *product) Show(s *dialogue.Session) (dialogue.Next, error) {
	now := s.Desk.Clock.Now()
	saySheet(s, sheet.Of(p.held, dutch.DateOf(now)))
	s.Out.Gap()
	s.Say(contact.HelplineFor(s.Visit.Desk, p.held.Kind).FooterLine(now))
	return s.Choose([]dialogue.Choice{{Name: sheet.AskText, Next: dialogue.To(navigation.GoTo{Place: place.Contact})}}, true)
}
