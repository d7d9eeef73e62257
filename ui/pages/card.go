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

// customerCard is the screen of the service desk that shows what is known of a customer.
type customerCard struct {
	fetchedPage[flows.CustomerCard]
	screen.Scroller
}

// NewCustomerCard returns the screen of the card that is open.
func NewCustomerCard(visit *flow.Visit) screen.Screen {
	return &customerCard{fetchedPage: fetchedPage[flows.CustomerCard]{visit: visit, place: place.Card, getData: flows.LoadOpenCard, buildPage: view.CustomerCardPage}}
}

// Start fetches the card.
func (c *customerCard) Start() tea.Cmd { return c.fetch(c) }

// Refresh fetches the card again, because an act may have changed it.
func (c *customerCard) Refresh() tea.Cmd { return c.Start() }

func (c *customerCard) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && c.Scroll(key) {
		return nil
	}
	return c.handleMessage(c, msg)
}

// View draws the card.
func (c *customerCard) View(f screen.Frame) screen.Page {
	return c.VisiblePage(f, DrawPage(f, c.currentPage(f.Now), nil).Lines)
}

func (c *customerCard) Keys() []keys.Binding {
	return c.Scroller.Keys(keys.Enter.WithHint(text.New("hoofdmenu", "main menu")), keys.Esc)
}
