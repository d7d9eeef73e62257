package pages

import (
	"loket/flows"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/view"
)

// assistance is the screen with the ways in which the desk can adapt to a visitor. Most choices run a command that can also be
// typed at every question.
type assistance struct{}

// NewAssistance returns the screen that offers another language, more time, and help.
func NewAssistance() dialogue.Screen { return &assistance{} }

func (a *assistance) MarkAsOverlay() {}

func (a *assistance) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	s.SayHeading(flows.PlaceAt(place.Help).Name)
	choices := []dialogue.Choice{
		{Name: text.New("English", "Nederlands"), Next: dialogue.NextAction{Typed: "/taal"}},
		{Name: text.New("Meer tijd", "More time"), About: text.New("Drie keer zoveel, of weer gewoon", "Three times as much, or as usual"), Next: dialogue.NextAction{Typed: "/rustig"}},
		{Name: text.New("Hulp", "Help"), About: text.New("De woorden die je overal kunt typen", "The words that you can type everywhere"), Next: dialogue.NextAction{Typed: "/hulp"}},
		s.PlaceChoice(place.Kept),
	}
	if s.Options.Handover != nil {
		choices = append(choices, dialogue.Choice{Name: text.New("Het hele scherm", "The full screen"), About: text.New("Je bezoek gaat daar verder", "Your visit goes on there"), Next: dialogue.NextAction{Typed: "/scherm"}})
	}
	return s.Choose(choices, true)
}

// keptData is the screen that says which data the desk keeps of a visit.
type keptData struct{}

// NewKeptData returns the screen that says which data the desk keeps of a visit.
func NewKeptData() dialogue.Screen { return &keptData{} }

func (k *keptData) MarkAsOverlay() {}

func (k *keptData) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	return ShowPage(s, view.KeptDataPage(s.Desk))
}
