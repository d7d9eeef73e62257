package pages

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/view"
)

// details is the screen with the details that the desk has about the customer. Each detail leads to the flow that changes it.
type details struct{ fetchedPage[[]flows.Detail] }

// NewDetails returns the screen with the details that the desk has about the logged-in customer.
func NewDetails(visit *flow.Visit) screen.Screen {
	return &details{fetchedPage[[]flows.Detail]{visit: visit, place: place.Details, getData: flows.LoadCustomerDetails, buildPage: view.DetailsPage}}
}

// Start fetches the details.
func (d *details) Start() tea.Cmd { return d.fetch(d) }

// Refresh fetches the details again, because the customer may have changed one.
func (d *details) Refresh() tea.Cmd { return d.Start() }

// MarkAsStayingOpen marks the screen as one that stays open under the screens that the visitor opens from it.
func (d *details) MarkAsStayingOpen() {}

func (d *details) Update(msg tea.Msg) tea.Cmd { return d.handleMessage(d, msg) }

func (d *details) View(f screen.Frame) screen.Page {
	return DrawPage(f, d.currentPage(f.Now), &d.choices)
}

func (d *details) Keys() []keys.Binding { return d.choices.Keys() }
