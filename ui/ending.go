package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// ending is where a flow ends: what came of it, and where the visitor can
// sensibly go from there.
type ending struct {
	visit *flow.Visit
	step  flow.Step
	told  map[string]string // what the visitor answered on the way
	waits bool              // something half filled in waits under this
	list  screen.List
}

func newEnding(visit *flow.Visit, step flow.Step, told map[string]string, waits bool) *ending {
	e := &ending{visit: visit, step: step, told: told, waits: waits}
	if waits {
		e.list.Items = []screen.Item{{Name: words.Resume, Goes: screen.Resume{}}}
	}
	offers := step.Offers
	if !slices.Contains(offers, place.Home) {
		offers = append(slices.Clone(offers), place.Home)
	}
	for _, p := range offers {
		e.list.Items = append(e.list.Items, screen.PlaceItem(visit, p))
	}
	return e
}

// Told is what needs not be asked again.
func (e *ending) Told() map[string]string { return e.told }

func (e *ending) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.ClickMsg:
		return e.list.Click(msg)
	case tea.KeyPressMsg:
		if keys.Esc.Matches(msg) {
			return screen.Send(e.leads())
		}
		return e.list.Press(msg)
	}
	return nil
}

// leads is where Esc goes.
func (e *ending) leads() tea.Msg {
	if e.waits {
		return screen.Resume{}
	}
	return screen.GoTo{Place: place.Home}
}

func (e *ending) View(f screen.Frame) screen.Page {
	var p screen.Page
	p.Add(screen.Styled(f.Theme.Title, f.Wrap(f.Say(e.step.Title()), f.Width))...)
	p.Add("")
	if e.step.Body != nil {
		p.Add(f.Wrap(f.Say(e.step.Body()), f.Width)...)
		p.Add("")
	}
	e.list.Draw(f, &p)
	p.Add(contactFoot(f, e.visit, e.step)...)
	return p
}

func (e *ending) Keys() []keys.Binding {
	esc := text.New("naar het begin", "to the start")
	if e.waits {
		esc = text.New("terug", "back")
	}
	return []keys.Binding{keys.UpDown, keys.Enter, keys.Esc.As(esc)}
}

// contactFoot is how to reach somebody, at the foot of a step that sends people
// to contact (S1).
func contactFoot(f screen.Frame, visit *flow.Visit, step flow.Step) []string {
	if !slices.Contains(step.Offers, place.Contact) {
		return nil
	}
	return f.Helplines(visit)
}
