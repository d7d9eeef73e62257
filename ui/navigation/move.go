package navigation

import "loket/flows/place"

// A Move is where a screen leads by itself, which both faces know: a GoTo, Back or Resume.
type Move interface{ move() }

type (
	GoTo   struct{ Place place.ID } // leave this screen for a place
	Back   struct{}                 // take the screen on top away; from the last one, home
	Resume struct{}                 // go back to what was left half filled in
)

func (GoTo) move()   {}
func (Back) move()   {}
func (Resume) move() {}
