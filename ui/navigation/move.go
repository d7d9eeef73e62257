package navigation

import "loket/flows/place"

// A Move is a GoTo, Back or Resume: a change of screen that the visitor chose.
type Move interface{ isMove() }

type (
	GoTo   struct{ Place place.ID } // GoTo leaves the current screen and goes to a place.
	Back   struct{}                 // Back closes the screen on top.
	Resume struct{}                 // Resume goes back to the last form with unsaved input, or else to home.
)

func (GoTo) isMove()   {}
func (Back) isMove()   {}
func (Resume) isMove() {}
