// Package navigation holds the rules by which a visitor goes from place to place,
// whichever face draws the screens: what stays open under where they go, what
// they would lose by it, and what they need not tell again. Screens are given
// from home, which is never left, up to the one on top; what each of them is, it
// says by being one of the interfaces here.
package navigation

import (
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
)

type (
	// Leaver is a screen on which something would be lost when the visitor goes
	// away; what it says is asked about first (R16).
	Leaver interface {
		// Unsaved tells whether the visitor would lose something by going back.
		Unsaved() bool

		// Underway tells whether they would also by going on elsewhere, where what
		// they told needs not be told again.
		Underway() bool
	}

	// Teller is a screen on which the visitor told something that other flows ask
	// for too, by the name of the field (R18).
	Teller interface{ Told() map[string]string }

	// Keeper is a screen that stays open under whatever the visitor chooses on it.
	Keeper interface{ Keeps() }

	// Aside is a screen that only shows something while what the visitor was
	// doing waits under it.
	Aside interface{ Aside() }

	// Form is the screen of a flow.
	Form interface{ Place() place.ID }
)

// Waiting is the index of a form of p that is not on top, or -1.
func Waiting[S any](screens []S, p place.ID) int {
	return slices.IndexFunc(screens[:len(screens)-1], func(s S) bool {
		f, is := any(s).(Form)
		return is && f.Place() == p
	})
}

// Staying is how many screens stay open under a place that the visitor goes to:
// all, if the one on top keeps; else those up to what is shown aside, to which
// they come back; and home. Nothing half filled in stays under a flow in which
// they log in, since they are somebody else after it.
func Staying[S any](screens []S, p place.ID) int {
	if _, keeps := any(screens[len(screens)-1]).(Keeper); keeps {
		return len(screens)
	}
	for i, s := range slices.Backward(screens) {
		_, aside := any(s).(Aside)
		switch {
		case !aside:
		case p == place.Home, admits(p) && Unsaved(screens[:i]):
			return 1
		default:
			return i + 1
		}
	}
	return 1
}

// admits tells whether the visitor may log in by the flow of a place.
func admits(p place.ID) bool {
	return p == place.LogIn || p == place.LogInWithApp || p == place.Activate
}

// Loses tells whether the visitor would lose something by going to p if so many
// screens stay. What they told on the screen on top, they need not tell again
// elsewhere.
func Loses[S any](screens []S, p place.ID, stay int) bool {
	if p == place.Home {
		return Unsaved(screens)
	}
	last := len(screens) - 1
	top, is := any(screens[last]).(Leaver)
	return stay <= last && (is && top.Underway() || Unsaved(screens[stay:last]))
}

// Unsaved tells whether the visitor would lose something if these were gone.
func Unsaved[S any](screens []S) bool { return LastUnsaved(screens) >= 0 }

// LastUnsaved is the index of the last screen on which that is so, or -1.
func LastUnsaved[S any](screens []S) int {
	for i, s := range slices.Backward(screens) {
		if l, is := any(s).(Leaver); is && l.Unsaved() {
			return i
		}
	}
	return -1
}

// Told is what the visitor told on the screens that are open.
func Told[S any](screens []S) map[string]string {
	for _, s := range slices.Backward(screens) {
		if t, is := any(s).(Teller); is {
			return t.Told()
		}
	}
	return nil
}

// Above is the menus between home and a place, for who goes back from there.
func Above(visit *flow.Visit, p place.ID) (menus []place.ID) {
	for p = flows.Above(p); p != place.Home; p = flows.Above(p) {
		menus = slices.Insert(menus, 0, p)
	}
	return menus
}
