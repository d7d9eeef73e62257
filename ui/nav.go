package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/flows/place"
)

// Navigation: a screen returns the command of one of these, and the kiosk does it.
type (
	goTo    struct{ place place.ID } // leave this screen for a place: see places.go
	open    struct{ screen screen }  // put a screen on top of this one
	instead struct{ screen screen }  // put a screen in the place of this one
	ended   struct{ by *form }       // the flow of the form on top came to its end
	resume  struct{}                 // go back to what was left half filled in
	back    struct{}                 // take the screen on top away; from the last one, home
	goHome  struct{}                 // the visit is over, as the visitor wished: forget it and begin anew

	// report is an error for the log alone; the visitor was told in words.
	report struct {
		doing string
		err   error
	}

	// slow is work to be done beside the screens, as on the store: what it gives
	// comes to every screen of the same visit. The context ends with the visit.
	slow struct {
		work func(context.Context) tea.Msg
	}

	// watch is such work that goes on until something comes, or ctx is done.
	watch struct {
		ctx  context.Context
		work func(context.Context) tea.Msg
	}
)

// wished tells whether a message is where the visitor wants to go.
func wished(msg tea.Msg) bool {
	switch msg.(type) {
	case goTo, back, resume, goHome:
		return true
	}
	return false
}

// beat comes to every screen once a second, for what counts down.
type beat struct{}

// click is a press on a place of the page that the screen drew last.
type click struct{ X, Y int }

// to gives the command of a navigation message.
func to(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
