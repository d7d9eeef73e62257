// Package navigation holds the rules by which a visitor goes from place to place,
// whichever face draws the screens: what stays open under where they go, what
// they would lose by it, and what they need not tell again. Screens are given
// from home, which is never left, up to the one on top; what each of them is, it
// says by being one of the interfaces here.
package navigation

import (
	"slices"

	"loket/flows"
)

type (
	// Unsaved is a screen on which something would be lost when the visitor goes
	// away; what it says is asked about first (R16).
	Unsaved interface {
		// Unsaved reports whether the visitor would lose something by going back.
		Unsaved() bool

		// Underway reports whether they would also by going on elsewhere, where what
		// they told needs not be told again.
		Underway() bool
	}

	// Prefiller is a screen on which the visitor told something that other flows ask
	// for too, by the name of the field (R18).
	Prefiller interface{ Prefill() map[string]string }

	// StaysOpen is a screen that stays open under whatever the visitor chooses on it.
	StaysOpen interface{ StaysOpen() }

	// Overlay is a screen that only shows something while what the visitor was
	// doing waits under it.
	Overlay interface{ Overlay() }

	// Form is the screen of a flow.
	Form interface{ Place() flows.Place }
)

// Waiting is the index of a form of p that is not on top, or -1.
func Waiting[S any](screens []S, p flows.Place) int {
	return slices.IndexFunc(screens[:len(screens)-1], func(s S) bool {
		f, is := any(s).(Form)
		return is && f.Place() == p
	})
}

// Staying is how many screens stay open under a place that the visitor goes to:
// all, if the one on top is a StaysOpen; else those up to an Overlay, to which
// they come back; and home. Nothing half filled in stays under a flow in which
// they log in, since they are somebody else after it.
func Staying[S any](screens []S, p flows.Place) int {
	if _, keeps := any(screens[len(screens)-1]).(StaysOpen); keeps {
		return len(screens)
	}
	for i, s := range slices.Backward(screens) {
		_, aside := any(s).(Overlay)
		switch {
		case !aside:
		case p == flows.Home, admits(p) && AnyUnsaved(screens[:i]):
			return 1
		default:
			return i + 1
		}
	}
	return 1
}

// admits reports whether the visitor may log in by the flow of a place.
func admits(p flows.Place) bool {
	return p == flows.LoggingIn || p == flows.LoggingInApp || p == flows.Activating
}

// Loses reports whether the visitor would lose something by going to p if so many
// screens stay. What they told on the screen on top, they need not tell again
// elsewhere.
func Loses[S any](screens []S, p flows.Place, stay int) bool {
	if p == flows.Home {
		return AnyUnsaved(screens)
	}
	last := len(screens) - 1
	top, is := any(screens[last]).(Unsaved)
	return stay <= last && (is && top.Underway() || AnyUnsaved(screens[stay:last]))
}

// AnyUnsaved reports whether the visitor would lose something if these were gone.
func AnyUnsaved[S any](screens []S) bool { return LastUnsaved(screens) >= 0 }

// LastUnsaved is the index of the last screen on which that is so, or -1.
func LastUnsaved[S any](screens []S) int {
	for i, s := range slices.Backward(screens) {
		if l, is := any(s).(Unsaved); is && l.Unsaved() {
			return i
		}
	}
	return -1
}

// Prefill is what the visitor told on the screens that are open.
func Prefill[S any](screens []S) map[string]string {
	for _, s := range slices.Backward(screens) {
		if t, is := any(s).(Prefiller); is {
			return t.Prefill()
		}
	}
	return nil
}

// Above returns the menus between home and a place, by which a visitor goes back.
func Above(visit *flows.Visit, p flows.Place) (menus []flows.Place) {
	for p = visit.Above(p); p != flows.Home; p = visit.Above(p) {
		menus = slices.Insert(menus, 0, p)
	}
	return menus
}
