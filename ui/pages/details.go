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

// details is what the desk knows of the customer, each with the way to change it.
type details struct{ fetchedPage[[]flows.Detail] }

// NewDetails shows what the desk knows of the customer who is logged in.
func NewDetails(visit *flow.Visit) screen.Screen {
	return &details{fetchedPage[[]flows.Detail]{visit: visit, place: place.Details, getData: flows.DetailsOf, buildPage: view.DetailsPage}}
}

// Start fetches them.
func (d *details) Start() tea.Cmd { return d.fetch(d) }

// Refresh fetches them again, since one may be another now.
func (d *details) Refresh() tea.Cmd { return d.Start() }

// StaysOpen makes it a screen that stays open under what is chosen on it.
func (d *details) StaysOpen() {}

func (d *details) Update(msg tea.Msg) tea.Cmd { return d.handleMessage(d, msg) }

func (d *details) View(f screen.Frame) screen.Page {
	return DrawPage(f, d.currentPage(f.Now), &d.choices)
}

func (d *details) Keys() []keys.Binding { return d.choices.Keys() }
