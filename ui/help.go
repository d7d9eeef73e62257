package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
)

// help tells how to get around. It is the same everywhere.
type help struct {
	demo bool
	scroller
}

func newHelp(demo bool) *help { return &help{demo: demo} }

func (h *help) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && !h.scroll(key.String()) {
		switch key.String() {
		case "esc", "enter":
			return to(back{})
		}
	}
	return nil
}

func (h *help) Keys() []hint { return []hint{{"Esc", either("terug", "back")}} }

// keyHelped is what a key does, at some length.
type keyHelped struct {
	keys string
	does flows.Text
}

var helped = []keyHelped{
	{"↑  ↓  Tab", either("naar een ander veld of een andere keuze", "to another field or choice")},
	{"Enter", either("kiezen, of verder gaan", "choose, or go on")},
	{"1  2  3", either("meteen kiezen uit een menu", "choose from a menu at once")},
	{"Esc", either("een stap terug; we vragen het eerst als je iets kwijt zou raken", "one step back; we ask first if you would lose something")},
	{"PgUp  PgDn", either("bladeren, als er meer is dan er op het scherm past", "scroll, if there is more than fits on the screen")},
	{keyLanguage + "  F6", either("English", "Nederlands")},
	{keyContrast + "  F7", either("meer of minder contrast", "more or less contrast")},
	{keyHelp + "  F8", either("deze hulp", "this help")},
	{keyReveal + "  F10", either("je wachtwoord tonen of verbergen", "show or hide your password")},
}

func (h *help) View(f frame) page {
	var p page
	p.add(f.Theme.Title.Render(f.say(either("Hulp", "Help"))), "")
	all := helped
	if h.demo {
		all = append(all[:len(all):len(all)], keyHelped{keyDemo + "  F9", either("de demo: berichten, klok en klanten", "the demo: messages, clock and customers")})
	}
	for _, k := range all {
		for i, line := range f.wrap(f.say(k.does), f.Width-helpColumn) {
			if i == 0 {
				p.add(pad(f.Theme.Key.Render(k.keys), helpColumn) + line)
			} else {
				p.add(pad("", helpColumn) + line)
			}
		}
	}
	p.add("")
	p.add(f.wrap(f.say(either(
		"Loop je weg? Dan wissen we na korte tijd alles wat je hebt ingevuld. Wat je typt, blijft niet op deze terminal.",
		"Do you walk away? Then we soon erase everything that you filled in. Nothing that you type stays on this terminal.")), f.Width)...)
	return h.part(f, p.Lines)
}

const helpColumn = 16
