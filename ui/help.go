package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/screen"
)

// help tells how to get around. It is the same everywhere.
type help struct {
	demo, walkIn bool
	screen.Scroller
}

// newHelp tells of the demo where there is one, and of stopping the kiosk where its
// keyboard may.
func newHelp(demo, walkIn bool) *help { return &help{demo: demo, walkIn: walkIn} }

func (h *help) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && !h.Scroll(key.String()) {
		switch key.String() {
		case "esc", "enter":
			return screen.Send(screen.Back{})
		}
	}
	return nil
}

func (h *help) Keys() []screen.Hint {
	return h.Hints(screen.Hint{Key: "Esc", Does: text.New("terug", "back")})
}

// keyHelped is what a key does, at some length.
type keyHelped struct {
	keys string
	does text.Text
}

// helped is every key there is, those of each day first.
func (h *help) helped() []keyHelped {
	keys := []keyHelped{
		{"↑  ↓  Tab", text.New("naar een andere keuze of een ander veld", "to another choice or field")},
		{"Enter", text.New("kiezen, of verder gaan", "choose, or go on")},
		{"1  2  3", text.New("meteen kiezen", "choose at once")},
		{"Esc", text.New("een stap terug; we vragen het eerst als je iets kwijt zou raken", "one step back; we ask first if you would lose something")},
		{"PgUp  PgDn", text.New("bladeren, als niet alles op het scherm past", "scroll, if not everything fits on the screen")},
		{keyLanguage + "  F6", text.New("English", "Nederlands")},
		{keyTheme + "  F7", text.New("meer contrast, meer ruimte, of allebei", "more contrast, more room, or both")},
		{keyHelp + "  F8", text.New("deze hulp openen of sluiten", "open or close this help")},
		{keyReveal + "  F10", text.New("je wachtwoord tonen of verbergen", "show or hide your password")},
	}
	if h.demo {
		keys = append(keys, keyHelped{keyDemo + "  F9", text.New("de demo: berichten, klok en klanten", "the demo: messages, clock and customers")})
	}
	if !h.walkIn {
		keys = append(keys, keyHelped{"Ctrl+C", text.New("het loket stoppen", "stop the desk")})
	}
	return keys
}

func (h *help) View(f screen.Frame) screen.Page {
	var p screen.Page
	p.Add(f.Theme.Title.Render(f.Say(text.New("Hulp", "Help"))), "")
	for _, k := range h.helped() {
		for i, line := range f.Wrap(f.Say(k.does), f.Width-helpColumn) {
			keys := ""
			if i == 0 {
				keys = f.Theme.Key.Render(k.keys)
			}
			p.Add(screen.Pad(keys, helpColumn) + line)
		}
	}
	p.Add("")
	p.Add(f.Wrap(f.Say(text.New(
		"Loop je weg? Dan wissen we na korte tijd alles wat je hebt ingevuld. Wat je typt, blijft niet op deze terminal.",
		"If you walk away, everything that you filled in is soon erased. Nothing that you type stays on this terminal.")), f.Width)...)
	return h.Part(f, p.Lines)
}

const helpColumn = 16
