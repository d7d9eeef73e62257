package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/ui/theme"
)

// ending is where a flow ends: what came of it, and where the visitor can
// sensibly go from there.
type ending struct {
	visit *flows.Visit
	step  flows.Step
	told  map[string]string // what the visitor answered on the way
	list  selection
}

func newEnding(visit *flows.Visit, step flows.Step, told map[string]string) *ending {
	e := &ending{visit: visit, step: step, told: told}
	offers := step.Offers
	if !slices.Contains(offers, flows.Home) {
		offers = append(slices.Clone(offers), flows.Home)
	}
	for _, p := range offers {
		e.list.items = append(e.list.items, offer(visit, p))
	}
	return e
}

// offer is the item of a place that a step offers.
func offer(visit *flows.Visit, p flows.Place) item {
	if p == flows.Contact {
		return contactItem(visit)
	}
	return place(p)
}

// Told is what needs not be asked again.
func (e *ending) Told() map[string]string { return e.told }

func (e *ending) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case click:
		return e.list.click(msg)
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return to(goTo{flows.Home})
		}
		return e.list.press(msg.String())
	}
	return nil
}

func (e *ending) View(f frame) page {
	var p page
	p.add(styled(f.Theme.Title, f.wrap(f.say(e.step.Says()), f.Width))...)
	p.add("")
	if e.step.Tells != nil {
		p.add(f.wrap(f.say(e.step.Tells()), f.Width)...)
		p.add("")
	}
	e.list.draw(f, &p)
	p.add(f.contactFoot(e.visit, e.step)...)
	return p
}

func (e *ending) Keys() []hint {
	return []hint{{theme.UpDown, either("kiezen", "choose")}, {"Enter", either("verder", "continue")}, {"Esc", either("naar het begin", "to the start")}}
}

// contactFoot is how to reach somebody, at the foot of a step that sends people
// to contact (S1).
func (f frame) contactFoot(visit *flows.Visit, step flows.Step) []string {
	if !slices.Contains(step.Offers, flows.Contact) {
		return nil
	}
	return f.feet(visit)
}

// feet is how to reach somebody, in a line for each helpline.
func (f frame) feet(visit *flows.Visit) []string {
	lines := []string{""}
	for _, line := range visit.Lines() {
		lines = append(lines, f.Theme.Muted.Render(f.cut(f.say(line.Foot(f.Now)), f.Width)))
	}
	return lines
}
