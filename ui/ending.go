package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// ending is where a flow ends: what came of it, and where the visitor can
// sensibly go from there.
type ending struct {
	visit *flows.Visit
	step  flows.Step
	told  map[string]string // what the visitor answered on the way
	waits bool              // something half filled in waits under this
	list  List
}

func newEnding(visit *flows.Visit, step flows.Step, told map[string]string, waits bool) *ending {
	e := &ending{visit: visit, step: step, told: told, waits: waits}
	if waits {
		e.list.Items = []Item{{Name: words.Resume, Goes: Resume{}}}
	}
	offers := step.Offers
	if !slices.Contains(offers, flows.Home) {
		offers = append(slices.Clone(offers), flows.Home)
	}
	for _, p := range offers {
		e.list.Items = append(e.list.Items, PlaceItem(visit, p))
	}
	return e
}

// Told is what needs not be asked again.
func (e *ending) Told() map[string]string { return e.told }

func (e *ending) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ClickMsg:
		return e.list.Click(msg)
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return Send(e.leads())
		}
		return e.list.Press(msg.String())
	}
	return nil
}

// leads is where Esc goes.
func (e *ending) leads() tea.Msg {
	if e.waits {
		return Resume{}
	}
	return GoTo{flows.Home}
}

func (e *ending) View(f Frame) Page {
	var p Page
	p.Add(Styled(f.Theme.Title, f.Wrap(f.Say(e.step.Says()), f.Width))...)
	p.Add("")
	if e.step.Tells != nil {
		p.Add(f.Wrap(f.Say(e.step.Tells()), f.Width)...)
		p.Add("")
	}
	e.list.Draw(f, &p)
	p.Add(contactFoot(f, e.visit, e.step)...)
	return p
}

func (e *ending) Keys() []Hint {
	esc := text.New("naar het begin", "to the start")
	if e.waits {
		esc = text.New("terug", "back")
	}
	return []Hint{{theme.UpDown, text.New("kiezen", "choose")}, {"Enter", text.New("verder", "continue")}, {"Esc", esc}}
}

// contactFoot is how to reach somebody, at the foot of a step that sends people
// to contact (S1).
func contactFoot(f Frame, visit *flows.Visit, step flows.Step) []string {
	if !slices.Contains(step.Offers, flows.Contact) {
		return nil
	}
	return f.Helplines(visit)
}
