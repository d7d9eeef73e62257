package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// details is what the desk knows of the customer, each with the way to change it.
type details struct {
	visit *flow.Visit
	state screen.LoadState
	list  screen.List
}

func newDetails(visit *flow.Visit) screen.Screen { return &details{visit: visit} }

// Start fetches them.
func (d *details) Start() tea.Cmd {
	return screen.Fetch(d, func(ctx context.Context) ([]flows.Detail, error) { return flows.DetailsOf(ctx, d.visit) })
}

// Refresh fetches them again, since one may be another now.
func (d *details) Refresh() tea.Cmd { return d.Start() }

// Keeps makes it a keeper.
func (d *details) Keeps() {}

// Busy tells whether they are still to come.
func (d *details) Busy() bool { return d.state == screen.Loading }

func (d *details) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Fetched[[]flows.Detail]:
		if msg.By == d {
			return d.fetched(msg.What, msg.Err)
		}
	case screen.ClickMsg:
		return d.list.Click(msg)
	case tea.KeyPressMsg:
		if keys.Esc.Matches(msg) {
			return screen.Send(screen.Back{})
		}
		return d.list.Press(msg)
	}
	return nil
}

func (d *details) fetched(all []flows.Detail, err error) tea.Cmd {
	if err != nil {
		d.state, d.list.Items = screen.LoadFailed, []screen.Item{screen.PlaceItem(d.visit, place.Contact)}
		return screen.Send(screen.Report{Doing: "fetch details", Err: err})
	}
	d.state, d.list.Items = screen.Loaded, nil
	for _, each := range all {
		d.list.Items = append(d.list.Items, screen.Item{Name: each.Name, About: each.Value, Goes: screen.GoTo{Place: each.Changes}})
	}
	d.list.Focus = min(d.list.Focus, len(d.list.Items)-1)
	return nil
}

func (d *details) View(f screen.Frame) screen.Page {
	var p screen.Page
	p.Add(f.Theme.Title.Render(f.Say(flows.At(place.Details).Name)), "")
	if d.state == screen.Loading {
		p.Add(f.Say(words.OneMoment))
		return p
	}
	if d.state == screen.LoadFailed {
		p.Add(f.Wrap(f.Say(words.NotNow), f.Width)...)
	} else {
		p.Add(f.Wrap(f.Say(words.ChooseToChange), f.Width)...)
	}
	p.Add("")
	d.list.Draw(f, &p)
	if d.state == screen.Loaded {
		p.Add("")
		p.Add(screen.Styled(f.Theme.Muted, f.Wrap(f.Say(flows.AddressChanges), f.Width))...)
	}
	p.Add(f.Helplines(d.visit)...)
	return p
}

func (d *details) Keys() []keys.Binding {
	return []keys.Binding{keys.UpDown, keys.Enter, keys.Esc}
}
