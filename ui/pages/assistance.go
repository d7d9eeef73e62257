package pages

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/aids"
	"loket/ui/keys"
	"loket/ui/screen"
)

// assistance is the screen with the ways in which the desk can adapt to a visitor. Each item does the same as a key that works
// on every screen.
type assistance struct {
	visit *flow.Visit
	aids  *aids.Aids
	list  screen.List
}

// NewAssistance returns the screen that offers another language and theme, more time, and help. If hasPlainFace is true, it also
// offers to go on line by line, and if hasSpeech is true, to read out the screen.
func NewAssistance(visit *flow.Visit, aids *aids.Aids, hasSpeech, hasPlainFace bool) screen.Screen {
	a := &assistance{visit: visit, aids: aids, list: screen.List{Items: []screen.Item{
		newKeyItem(keys.Language, text.New("English", "Nederlands"), text.New("This desk in English", "Dit loket in het Nederlands")),
		newKeyItem(keys.Theme, text.New("Andere weergave", "Another view"), text.Text{}),
		newKeyItem(keys.SlowMode, text.New("Meer tijd", "More time"), text.New("Drie keer zoveel, of weer gewoon", "Three times as much, or as usual")),
		newKeyItem(keys.Help, text.New("Hulp", "Help"), text.New("De toetsen van dit loket", "The keys of this desk")),
		screen.NewPlaceItem(visit, place.Kept),
		newKeyItem(keys.Keyboard, text.New("Toetsenbord", "Keyboard"), text.New("Op het scherm, of weer weg", "On the screen, or gone again")),
		newKeyItem(keys.Scanning, text.New("Met één knop", "One switch"), text.New("Keuzes lichten om de beurt op", "Choices light up in turn")),
	}}}
	if hasPlainFace {
		a.list.Items = append(a.list.Items,
			newKeyItem(keys.PlainFace, text.New("Alleen tekst", "Text only"), text.New("Regel voor regel, zonder schermbeeld", "Line by line, without a screen layout")))
	}
	if hasSpeech {
		a.list.Items = append(a.list.Items,
			newKeyItem(keys.Speech, text.New("Voorlezen", "Read aloud"), text.New("Aan of uit", "On or off")),
			newKeyItem(keys.SpeechRate, text.New("Snelheid van voorlezen", "Speed of reading"), text.New("Langzamer of sneller", "Slower or faster")),
			newKeyItem(keys.Louder, text.New("Harder voorlezen", "Read louder"), text.Text{}),
			newKeyItem(keys.Softer, text.New("Zachter voorlezen", "Read softer"), text.Text{}))
	}
	a.list.Items = append(a.list.Items, screen.Item{Name: text.New("Dubbele toetsen", "Double presses"), NavigationMsg: screen.ToggleRepeats{}})
	return a
}

// newKeyItem returns an item that does the same as a key.
func newKeyItem(key keys.Binding, name, about text.Text) screen.Item {
	return screen.Item{Name: name, Purpose: about, NavigationMsg: screen.PressMsg{Key: key.ClickPresses()[0]}}
}

// MarkAsOverlay marks the screen as an overlay: the screens under it stay open.
func (a *assistance) MarkAsOverlay() {}

func (a *assistance) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.ClickMsg:
		return a.list.HandleClick(msg)
	case tea.KeyPressMsg:
		if keys.Esc.Matches(msg) {
			return screen.Send(screen.Back{})
		}
		return a.list.HandleKey(msg)
	}
	return nil
}

func (a *assistance) Keys() []keys.Binding {
	return []keys.Binding{keys.UpDown, keys.Enter, keys.Esc}
}

const themeItemIndex = 1 // themeItemIndex is the index of the item that names the current theme.

func (a *assistance) View(f screen.Frame) (p screen.Page) {
	a.nameTheme(f)
	a.nameRepeats()
	p.Add(f.Theme.Title.Render(f.Translate(flows.PlaceAt(place.Help).Name)), "")
	a.list.Draw(f, &p)
	return p
}

// nameTheme writes the current theme into the item that changes it.
func (a *assistance) nameTheme(f screen.Frame) {
	now := f.Theme.Name.DisplayName()
	a.list.Items[themeItemIndex].Purpose = text.New("Nu: "+now.NL, "Now: "+now.EN)
}

// nameRepeats writes into the last item whether a key counts that is pressed twice.
func (a *assistance) nameRepeats() {
	now := text.New("Nu: tellen gewoon mee", "Now: count as usual")
	if a.aids.IgnoresRepeats {
		now = text.New("Nu: dezelfde toets telt pas na een tel", "Now: the same key waits for a second")
	}
	a.list.Items[len(a.list.Items)-1].Purpose = now
}
