package navigation

import "loket/flows/place"

// A Move is where a screen leads, in both faces: a GoTo, Back or Resume.
type Move interface{ move() }

type (
	GoTo   struct{ Place place.ID } // leave this screen for a place
	Back   struct{}                 // close the screen on top
	Resume struct{}                 // go back to the last form with unsaved input, or home
)

func (GoTo) move()   {}
func (Back) move()   {}
func (Resume) move() {}
