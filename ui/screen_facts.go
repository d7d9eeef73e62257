package ui

import (
	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/aids"
	"loket/ui/form"
	"loket/ui/screen"
)

// secretOffer returns a way to log in without typing a secret, if a screen is the form that logs in.
func secretOffer(visit *flow.Visit, s screen.Screen) aids.Offer {
	f, is := s.(*form.Form)
	if !is || f.PlaceID() != place.LogIn || !flows.IsPlaceOpen(visit, place.LogInWithApp) {
		return aids.Offer{}
	}
	return aids.Offer{Name: flows.PlaceName(visit, place.LogInWithApp), Action: screen.GoTo{Place: place.LogInWithApp}}
}

// askedFields returns the fields that a screen asks for.
func askedFields(s screen.Screen) []flow.Field {
	if f, is := s.(*form.Form); is {
		return f.AskedFields()
	}
	return nil
}

// extendDeadlines restarts the time limits of the steps of forms.
func extendDeadlines(screens ...screen.Screen) {
	for _, s := range screens {
		if f, is := s.(*form.Form); is {
			f.ExtendDeadline()
		}
	}
}
