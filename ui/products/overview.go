package products

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/sheet"
	"loket/ui/words"
)

// overview is the screen of all products of the customer (V1). overviewPage draws it.
type overview struct {
	visit   *flow.Visit
	state   screen.LoadState
	data    flows.Overview
	choices screen.List // choices are the products, followed by other choices.
}

// NewOverview returns the overview of the logged-in customer's products.
func NewOverview(visit *flow.Visit) screen.Screen { return &overview{visit: visit} }

// Start fetches the products.
func (p *overview) Start() tea.Cmd {
	return screen.Fetch(p, func(ctx context.Context) (flows.Overview, error) { return flows.LoadProductOverview(ctx, p.visit) })
}

// Busy reports whether the products are still being fetched.
func (p *overview) Busy() bool { return p.state == screen.Loading }

func (p *overview) Keys() []keys.Binding {
	return []keys.Binding{
		keys.UpDown,
		keys.Enter.WithHint(text.New("bekijken", "look")),
		keys.Esc,
	}
}

func (p *overview) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.FetchedMsg[flows.Overview]:
		if msg.Screen == p {
			return p.showFetched(msg.Data, msg.Err)
		}
	case tea.KeyPressMsg:
		if keys.Esc.Matches(msg) {
			return screen.Send(screen.Back{})
		}
		if !p.Busy() {
			return p.choices.HandleKey(msg)
		}
	case screen.ClickMsg:
		return p.choices.HandleClick(msg)
	}
	return nil
}

func (p *overview) showFetched(overview flows.Overview, err error) (cmd tea.Cmd) {
	if p.data, p.state = overview, screen.Loaded; err != nil {
		p.state, cmd = screen.LoadFailed, screen.Send(screen.ErrorReport{Doing: "fetch products", Err: err})
	}
	p.choices = screen.List{Items: p.listItems()}
	return cmd
}

// listItems returns all choices on the screen.
func (p *overview) listItems() (items []screen.Item) {
	if p.state == screen.LoadFailed {
		return []screen.Item{
			{Name: words.TryAgain, NavigationMsg: screen.ReplaceMsg{Screen: NewOverview(p.visit)}},
			screen.NewPlaceItem(p.visit, place.Contact),
		}
	}
	for _, h := range p.data.Products {
		items = append(items, screen.Item{NavigationMsg: screen.OpenMsg{Screen: NewProduct(p.visit.Desk, h)}})
	}
	return append(items, screen.NewPlaceItem(p.visit, place.AddProduct), screen.Item{
		Name:          sheet.MissingProductText,
		NavigationMsg: screen.GoTo{Place: place.Contact},
	})
}

func (p *overview) View(f screen.Frame) screen.Page {
	if p.Busy() {
		return screen.Page{Lines: f.Wrap(f.Translate(sheet.FetchingText), f.Width)}
	}
	o := overviewPage{Frame: f, focus: p.choices.Focus}
	if p.state == screen.LoadFailed {
		o.addParagraph(sheet.FetchFailedText)
	} else {
		o.drawGreeting(p.data)
	}
	o.measureColumns(p.data.Products)
	for i, it := range p.choices.Items {
		if i < len(p.data.Products) {
			o.drawProduct(i, p.data.Products[i])
		} else {
			o.drawChoice(i, it)
		}
	}
	o.drawFooter(contact.SupportLine(p.visit.Desk))
	p.choices.Rows, o.page.Choices = o.rows, slices.Clone(o.rows)
	o.page.Lines = f.Clip(o.page.Lines)
	return o.page
}
