package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/sheet"
	"loket/ui/theme"
	"loket/ui/words"
)

// products is the overview of all that the customer has (V1). What it shows is
// drawn by overviewPage.
type products struct {
	visit    *flow.Visit
	state    loading
	overview flows.Overview
	choices  selection // the products, and then what else can be done
}

func newProducts(visit *flow.Visit) screen { return &products{visit: visit} }

// Start fetches the overview.
func (p *products) Start() tea.Cmd {
	return fetch(p, func(ctx context.Context) (flows.Overview, error) { return flows.OverviewOf(ctx, p.visit) })
}

// Busy tells whether the overview is still to come.
func (p *products) Busy() bool { return p.state == underWay }

func (p *products) Keys() []hint {
	return []hint{
		{theme.UpDown, text.New("kiezen", "choose")},
		{"Enter", text.New("bekijken", "look")},
		{"Esc", text.New("terug", "back")},
	}
}

func (p *products) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case fetched[flows.Overview]:
		if msg.by == p {
			return p.fetched(msg.what, msg.err)
		}
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return to(back{})
		}
		if !p.Busy() {
			return p.choices.press(msg.String())
		}
	case click:
		return p.choices.click(msg)
	}
	return nil
}

func (p *products) fetched(overview flows.Overview, err error) (cmd tea.Cmd) {
	if p.overview, p.state = overview, done; err != nil {
		p.state, cmd = failed, to(report{"fetch products", err})
	}
	p.choices = selection{items: p.items()}
	return cmd
}

// items is all that can be chosen.
func (p *products) items() (items []item) {
	if p.state == failed {
		return []item{
			{name: words.TryAgain, goes: instead{newProducts(p.visit)}},
			placeOption(p.visit, place.Contact),
		}
	}
	for _, h := range p.overview.Products {
		items = append(items, item{goes: open{newProduct(h, contact.LineFor(p.visit.Desk, h.Kind))}})
	}
	return append(items, placeOption(p.visit, place.AddProduct), item{
		name: sheet.Missing,
		goes: goTo{place.Contact},
	})
}

func (p *products) View(f frame) page {
	if p.Busy() {
		return page{Lines: f.wrap(f.say(sheet.Getting), f.Width)}
	}
	o := overviewPage{frame: f, focus: p.choices.focus}
	if p.state == failed {
		o.paragraph(sheet.Fails)
	} else {
		o.welcome(p.overview)
	}
	o.measure(p.overview.Products)
	for i, it := range p.choices.items {
		if i < len(p.overview.Products) {
			o.product(i, p.overview.Products[i])
		} else {
			o.option(i, it)
		}
	}
	o.foot(contact.Support(p.visit.Desk))
	p.choices.rows = o.rows
	o.page.Lines = f.inside(o.page.Lines)
	return o.page
}
