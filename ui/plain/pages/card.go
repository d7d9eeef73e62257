package pages

import (
	"context"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/plain/dialogue"
	"loket/ui/view"
)

// card reads out the card of a customer at the service desk.
type card struct{}

// NewCard returns the page of the card that is open.
func NewCard() dialogue.Screen { return &card{} }

func (c *card) Show(s *dialogue.Session) (dialogue.Next, error) {
	return showFetched(s, place.Card, view.CardPage, func(ctx context.Context) (flows.Card, error) {
		return flows.CardOf(ctx, s.Visit)
	})
}
