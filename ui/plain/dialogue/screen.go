package dialogue

import (
	"loket/flows"
	"loket/flows/text"
	"loket/ui/navigation"
)

// A Screen is a place at the desk, or a part of one. It says what there is to
// say, asks, and returns where the answer leads.
type Screen interface {
	// Show returns where to go next, or why its question was not answered.
	Show(*Session) (Next, error)
}

// Next is where a screen leads: the first of these that is not zero, and if all are,
// to the same screen again.
type Next struct {
	Move    navigation.Move
	Open    Screen // to put on top of this one
	Replace Screen // to put in the place of this one
	Ended   bool   // the flow of this screen came to its end
}

// To is the Next of going to where a move leads.
func To(m navigation.Move) Next { return Next{Move: m} }

// An Ending is why a visit is over.
type Ending struct {
	Why      flows.Leaving
	Farewell text.Text
	Stops    bool // and with it the desk
}

func (e *Ending) Error() string { return "the visit is over: " + string(e.Why) }
