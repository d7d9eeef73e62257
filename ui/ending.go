package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// ending is where a flow ends: what came of it, and where the visitor can
// sensibly go from there.
type ending struct {
	visit *flow.Visit
	step  flow.Step
	told  map[string]string // what the visitor answered on the way
	waits bool              // something half filled in waits under this
	list  selection
}

func newEnding(visit *flow.Visit, step flow.Step, told map[string]string, waits bool) *ending {
	e := &ending{visit: visit, step: step, told: told, waits: waits}
	if waits {
		e.list.items = []item{{name: words.Resume, goes: resume{}}}
	}
	offers := step.Offers
	if !slices.Contains(offers, place.Home) {
		offers = append(slices.Clone(offers), place.Home)
	}
	for _, p := range offers {
		e.list.items = append(e.list.items, placeOption(visit, p))
	}
	return e
}

// Told is what needs not be asked again.
func (e *ending) Told() map[string]string { return e.told }

func (e *ending) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case click:
		return e.list.click(msg)
	case tea.KeyPressMsg:
		if msg.String() == "esc" {
			return to(e.leads())
		}
		return e.list.press(msg.String())
	}
	return nil
}

// leads is where Esc goes.
func (e *ending) leads() tea.Msg {
	if e.waits {
		return resume{}
	}
	return goTo{place.Home}
}

func (e *ending) View(f frame) page {
	var p page
	p.add(styled(f.Theme.Title, f.wrap(f.say(e.step.Title()), f.Width))...)
	p.add("")
	if e.step.Body != nil {
		p.add(f.wrap(f.say(e.step.Body()), f.Width)...)
		p.add("")
	}
	e.list.draw(f, &p)
	p.add(f.contactFoot(e.visit, e.step)...)
	return p
}

func (e *ending) Keys() []hint {
	esc := text.New("naar het begin", "to the start")
	if e.waits {
		esc = text.New("terug", "back")
	}
	return []hint{{theme.UpDown, text.New("kiezen", "choose")}, {"Enter", text.New("verder", "continue")}, {"Esc", esc}}
}

// contactFoot is how to reach somebody, at the foot of a step that sends people
// to contact (S1).
func (f frame) contactFoot(visit *flow.Visit, step flow.Step) []string {
	if !slices.Contains(step.Offers, place.Contact) {
		return nil
	}
	return f.feet(visit)
}

// feet is how to reach somebody, in a line for each helpline.
func (f frame) feet(visit *flow.Visit) []string {
	lines := []string{""}
	for _, line := range contact.Lines(visit.Desk) {
		lines = append(lines, styled(f.Theme.Muted, f.parts(f.say(line.Foot(f.Now))))...)
	}
	return lines
}

// parts puts a text on a line or, if it does not fit there, all but its first
// part below that.
func (f frame) parts(text string) []string {
	const between, indent = " " + theme.Between + " ", "  "
	first, rest, more := strings.Cut(text, between)
	if !more || lipgloss.Width(text) <= f.Width {
		return f.wrap(text, f.Width)
	}
	lines := f.wrap(first, f.Width)
	for _, line := range f.wrap(rest, f.Width-len(indent)) {
		lines = append(lines, indent+line)
	}
	return lines
}
