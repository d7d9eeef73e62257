package pages

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/view"
)

// card is the screen of the service desk that shows what is known of a customer.
type card struct {
	fetchedPage[flows.Card]
	screen.Scroller
}

// NewCard returns the screen of the card that is open.
func NewCard(visit *flow.Visit) screen.Screen {
	return &card{fetchedPage: fetchedPage[flows.Card]{visit: visit, place: place.Card, getData: flows.CardOf, buildPage: view.CardPage}}
}

// Start fetches the card.
func (c *card) Start() tea.Cmd { return c.fetch(c) }

// Refresh fetches the card again, because an act may have changed it.
func (c *card) Refresh() tea.Cmd { return c.Start() }

func (c *card) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && c.Scroll(key) {
		return nil
	}
	return c.handleMessage(c, msg)
}

// View draws the card.
func (c *card) View(f screen.Frame) screen.Page {
	return c.VisiblePage(f, DrawPage(f, c.currentPage(f.Now), nil).Lines)
}

func (c *card) Keys() []keys.Binding {
	return c.Scroller.Keys(keys.Enter.WithHint(text.New("hoofdmenu", "main menu")), keys.Esc)
}
