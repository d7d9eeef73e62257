package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// details is what the desk knows of the customer, each with the way to change it.
type details struct {
	visit *flow.Visit
	state loading
	list  selection
}

func newDetails(visit *flow.Visit) screen { return &details{visit: visit} }

// Start fetches them.
func (d *details) Start() tea.Cmd {
	return fetch(d, func(ctx context.Context) ([]flows.Detail, error) { return flows.DetailsOf(ctx, d.visit) })
}

// Refresh fetches them again, since one may be another now.
func (d *details) Refresh() tea.Cmd { return d.Start() }

// Keeps makes it a keeper.
func (d *details) Keeps() {}

// Busy tells whether they are still to come.
func (d *details) Busy() bool { return d.state == underWay }

func (d *details) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case fetched[[]flows.Detail]:
		if msg.by == d {
			return d.fetched(msg.what, msg.err)
		}
	case click:
		return d.list.click(msg)
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return to(back{})
		}
		return d.list.press(msg.String())
	}
	return nil
}

func (d *details) fetched(all []flows.Detail, err error) tea.Cmd {
	if err != nil {
		d.state, d.list.items = failed, []item{placeOption(d.visit, place.Contact)}
		return to(report{"fetch details", err})
	}
	d.state, d.list.items = done, nil
	for _, each := range all {
		d.list.items = append(d.list.items, item{name: each.Name, about: each.Value, goes: goTo{each.Changes}})
	}
	d.list.focus = min(d.list.focus, len(d.list.items)-1)
	return nil
}

func (d *details) View(f frame) page {
	var p page
	p.add(f.Theme.Title.Render(f.say(flows.At(place.Details).Name)), "")
	if d.state == underWay {
		p.add(f.say(words.OneMoment))
		return p
	}
	if d.state == failed {
		p.add(f.wrap(f.say(words.NotNow), f.Width)...)
	} else {
		p.add(f.wrap(f.say(words.ChooseToChange), f.Width)...)
	}
	p.add("")
	d.list.draw(f, &p)
	if d.state == done {
		p.add("")
		p.add(styled(f.Theme.Muted, f.wrap(f.say(flows.AddressChanges), f.Width))...)
	}
	p.add(f.feet(d.visit)...)
	return p
}

func (d *details) Keys() []hint {
	return []hint{{theme.UpDown, text.New("kiezen", "choose")}, {"Enter", text.New("verder", "continue")}, {"Esc", text.New("terug", "back")}}
}
