package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/ui/theme"
)

// products is the overview of all that the customer has (V1). What it shows is
// drawn by overviewPage.
type products struct {
	visit    *flows.Visit
	loaded   bool // or failed to be
	failed   bool
	overview flows.Overview
	choices  selection // the products, and then what else can be done
}

// overviewLoaded is what came of the work of one overview.
type overviewLoaded struct {
	by       *products
	overview flows.Overview
	err      error
}

func newProducts(visit *flows.Visit) screen { return &products{visit: visit} }

// overviewTimeout is how long the overview may take to come.
const overviewTimeout = 15 * time.Second

// Start fetches the overview.
func (p *products) Start() tea.Cmd {
	return to(slow{func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, overviewTimeout)
		defer cancel()
		overview, err := p.visit.Overview(ctx)
		return overviewLoaded{p, overview, err}
	}})
}

// Busy tells whether the overview is still to come.
func (p *products) Busy() bool { return !p.loaded }

func (p *products) Keys() []hint {
	return []hint{
		{theme.UpDown, either("kiezen", "choose")},
		{"Enter", either("bekijken", "look")},
		{"Esc", either("terug", "back")},
	}
}

func (p *products) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case overviewLoaded:
		if msg.by == p {
			p.overview, p.loaded, p.failed = msg.overview, true, msg.err != nil
			p.choices = selection{items: p.items()}
		}
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return to(back{})
		}
		if p.loaded {
			return p.choices.press(msg.String())
		}
	case click:
		return p.choices.click(msg)
	}
	return nil
}

// items is all that can be chosen.
func (p *products) items() (items []item) {
	if p.failed {
		return []item{
			{name: either("Opnieuw proberen", "Try again"), goes: instead{newProducts(p.visit)}},
			place(flows.Contact),
		}
	}
	for _, h := range p.overview.Products {
		items = append(items, item{goes: open{newProduct(h, p.visit.LineFor(h.Kind))}})
	}
	return append(items, place(flows.AddingProduct), item{
		name: either("Herken je een product niet, of mis je er een?", "Is a product unknown to you, or is one missing?"),
		goes: goTo{flows.Contact},
	})
}

func (p *products) View(f frame) page {
	if !p.loaded {
		return page{Lines: f.wrap(f.say(either("We halen je producten op…", "Getting your products…")), f.Width)}
	}
	o := overviewPage{frame: f, focus: p.choices.focus}
	if p.failed {
		o.paragraph(either(
			"We kunnen je producten nu niet laten zien. Probeer het zo nog eens.",
			"We cannot show your products now. Please try again in a moment."))
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
	o.foot(p.visit.Support())
	p.choices.rows = o.rows
	o.page.Lines = f.inside(o.page.Lines)
	return o.page
}
