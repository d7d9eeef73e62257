package ui

import (
	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/aids"
	"loket/ui/demo"
	"loket/ui/form"
	"loket/ui/handover"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/products"
	"loket/ui/screen"
)

// assistanceOffers says which ways to adapt to the visitor this terminal has.
type assistanceOffers struct {
	aids                    *aids.Aids
	hasSpeech, hasPlainFace bool
}

// newPlaceScreen returns a new screen of a place, for a visit that has other screens open. If the place has a flow, it begins the
// flow. It returns nil for home, and for a place that is not available to the visitor.
func newPlaceScreen(desk *desk.Desk, visit *flow.Visit, screens *navigation.Stack[screen.Screen], p place.ID, offers assistanceOffers) screen.Screen {
	if !flows.IsPlaceOpen(visit, p) {
		return nil
	}
	switch p {
	case place.Card:
		return pages.NewCustomerCard(visit)
	case place.Home:
		return nil
	case place.Products:
		return products.NewOverview(visit)
	case place.Contact:
		return pages.NewContact(visit)
	case place.Questions:
		return pages.NewQuestions(visit)
	case place.Help:
		return pages.NewAssistance(visit, offers.aids, offers.hasSpeech, offers.hasPlainFace)
	case place.Kept:
		return pages.NewKeptData(desk)
	case place.Details:
		return pages.NewDetails(visit)
	case place.Activity:
		return pages.NewActivity(visit)
	}
	if flows.MenuAt(visit, p).Places != nil {
		return pages.NewMenu(visit, p)
	}
	visit.Subject = screens.QuestionSubject()
	flow := flows.BeginFlow(visit, p)
	if flow == nil {
		return nil
	}
	return form.New(visit, flow, screens.PrefillAnswers())
}

// reopenScreen returns the screen for one that was open on the plain face.
func reopenScreen(desk *desk.Desk, visit *flow.Visit, screens *navigation.Stack[screen.Screen], given handover.Screen, offers assistanceOffers) screen.Screen {
	switch {
	case given.Form != nil:
		return form.Resume(visit, *given.Form)
	case given.Ending != nil:
		e := given.Ending
		return pages.NewEnding(visit, e.Place, e.Step, e.Prefill, screens.HasUnsavedInput())
	case given.Product != nil:
		return products.NewProduct(desk, *given.Product)
	}
	return newPlaceScreen(desk, visit, screens, given.Place, offers)
}

// placeToFillIn returns the first place of the home menu whose form a person of the demo has all answers to, or "".
func placeToFillIn(visit *flow.Visit, person demo.FillInMsg) place.ID {
	for _, p := range flows.MenuAt(visit, place.Home).Places {
		if begun := flows.BeginFlow(visit, p); begun != nil && person.CanAnswerAll(begun.Step().Fields) {
			return p
		}
	}
	return ""
}
