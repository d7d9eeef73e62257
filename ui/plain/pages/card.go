package pages

import (
	"context"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/plain/dialogue"
	"loket/ui/view"
)

// customerCard reads out the card of a customer at the service desk.
type customerCard struct{}

// NewCustomerCard returns the page of the card that is open.
func NewCustomerCard() dialogue.Screen { return &customerCard{} }

func (c *customerCard) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	return showFetched(s, place.Card, view.CustomerCardPage, func(ctx context.Context) (flows.CustomerCard, error) {
		return flows.LoadOpenCard(ctx, s.Visit)
	})
}
