package pages

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
)

// help is the screen that explains the fields of the screen from which it was opened, and the keys.
type help struct {
	askedFields []flow.Field
	keys        []keys.Binding
	screen.Scroller
}

var (
	helpTitle    = text.New("Hulp", "Help")
	walkAwayText = text.New(
		"Loop je weg? Dan wissen we na korte tijd alles wat je hebt ingevuld. Wat je typt, blijft niet op deze terminal.",
		"If you walk away, everything that you filled in is soon erased. Nothing that you type stays on this terminal.")
)

// NewHelp returns the help screen. asked are the fields that it explains, and explained the keys.
func NewHelp(asked []flow.Field, explained []keys.Binding) screen.Screen {
	return &help{askedFields: asked, keys: explained}
}

func (h *help) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && !h.Scroll(key) && (keys.Esc.Matches(key) || keys.Enter.Matches(key)) {
		return screen.Send(screen.Back{})
	}
	return nil
}

func (h *help) Keys() []keys.Binding {
	return h.Scroller.Keys(keys.Esc)
}

func (h *help) View(f screen.Frame) screen.Page {
	var p screen.Page
	p.Add(f.DrawTitle(helpTitle)...)
	h.addFieldHelp(f, &p)
	for _, key := range h.keys {
		h.addKeyHelp(f, &p, f.NameKeyForTerminal(key))
	}
	p.Add("")
	p.Add(f.Wrap(f.Translate(walkAwayText), f.Width)...)
	visible := h.VisiblePage(f, p.Lines)
	visible.Zones = p.Zones
	return visible
}

// addFieldHelp draws, for each field, where the visitor finds the answer or how to choose one.
func (h *help) addFieldHelp(f screen.Frame, p *screen.Page) {
	for _, each := range h.askedFields {
		p.Add(f.Theme.Strong.Render(f.Translate(each.Label)))
		p.Add(f.Wrap(f.Translate(each.Help), f.Width)...)
	}
	if len(h.askedFields) > 0 {
		p.Add("")
		p.Add(f.DrawHeading(f.Translate(text.New("Toetsen", "Keys")), "")...)
	}
}

// addKeyHelp draws the names and the effect of a key. Each name can be clicked.
func (h *help) addKeyHelp(f screen.Frame, p *screen.Page, key keys.Binding) {
	x, y := 0, len(p.Lines)
	labels, presses := key.LabelsAndPresses()
	for i, label := range labels {
		p.Zones = append(p.Zones, screen.KeyZone{X: x, Y: y, Width: screen.Width(label), Key: presses[i]})
		x += screen.Width(label + keys.LabelGap)
	}
	names := f.Theme.Key.Render(key.HelpPageNames())
	for _, line := range f.Wrap(f.Translate(key.HelpText), f.Width-helpColumnWidth) {
		p.Add(screen.Pad(names, helpColumnWidth) + line)
		names = ""
	}
}

const helpColumnWidth = 16
