package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/text"
	"loket/ui/sheet"
	"loket/ui/theme"
	"loket/ui/words"
)

// products is the overview of all that the customer has (V1). What it shows is
// drawn by overviewPage.
type products struct {
	visit    *flows.Visit
	state    LoadState
	overview flows.Overview
	choices  List // the products, and then what else can be done
}

func newProducts(visit *flows.Visit) Screen { return &products{visit: visit} }

// Start fetches the overview.
func (p *products) Start() tea.Cmd { return Fetch(p, p.visit.Overview) }

// Busy tells whether the overview is still to come.
func (p *products) Busy() bool { return p.state == Loading }

func (p *products) Keys() []Hint {
	return []Hint{
		{theme.UpDown, text.New("kiezen", "choose")},
		{"Enter", text.New("bekijken", "look")},
		{"Esc", text.New("terug", "back")},
	}
}

func (p *products) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case Fetched[flows.Overview]:
		if msg.By == p {
			return p.fetched(msg.What, msg.Err)
		}
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return Send(Back{})
		}
		if !p.Busy() {
			return p.choices.Press(msg.String())
		}
	case ClickMsg:
		return p.choices.Click(msg)
	}
	return nil
}

func (p *products) fetched(overview flows.Overview, err error) (cmd tea.Cmd) {
	if p.overview, p.state = overview, Loaded; err != nil {
		p.state, cmd = LoadFailed, Send(Report{"fetch products", err})
	}
	p.choices = List{Items: p.items()}
	return cmd
}

// items is all that can be chosen.
func (p *products) items() (items []Item) {
	if p.state == LoadFailed {
		return []Item{
			{Name: words.TryAgain, Goes: Replace{newProducts(p.visit)}},
			PlaceItem(p.visit, flows.Contact),
		}
	}
	for _, h := range p.overview.Products {
		items = append(items, Item{Goes: Open{newProduct(h, p.visit.LineFor(h.Kind))}})
	}
	return append(items, PlaceItem(p.visit, flows.AddingProduct), Item{
		Name: sheet.Missing,
		Goes: GoTo{flows.Contact},
	})
}

func (p *products) View(f Frame) Page {
	if p.Busy() {
		return Page{Lines: f.Wrap(f.Say(sheet.Getting), f.Width)}
	}
	o := overviewPage{Frame: f, focus: p.choices.Focus}
	if p.state == LoadFailed {
		o.paragraph(sheet.Fails)
	} else {
		o.welcome(p.overview)
	}
	o.measure(p.overview.Products)
	for i, it := range p.choices.Items {
		if i < len(p.overview.Products) {
			o.product(i, p.overview.Products[i])
		} else {
			o.option(i, it)
		}
	}
	o.foot(p.visit.Support())
	p.choices.Rows = o.rows
	o.page.Lines = f.Clip(o.page.Lines)
	return o.page
}
