package navigation

import (
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
)

type (
	// Unsaved is a screen on which something would be lost when the visitor goes
	// away; what it says is asked about first (R16).
	Unsaved interface {
		// Unsaved reports whether the visitor would lose something by going back.
		Unsaved() bool

		// StepsWouldRepeat reports whether they would also by going on elsewhere, where what
		// they told needs not be told again.
		StepsWouldRepeat() bool
	}

	// Prefiller is a screen on which the visitor told something that other flows ask
	// for too, by the name of the field (R18).
	Prefiller interface{ Prefill() map[string]string }

	// Subjecter is a screen that a question of the visitor would be about.
	Subjecter interface{ Subject() flow.Subject }

	// StaysOpen is a screen that stays open under whatever the visitor chooses on it.
	StaysOpen interface{ StaysOpen() }

	// OverlayScreen is a screen that only shows something while what the visitor was
	// doing waits under it.
	OverlayScreen interface{ Overlay() }

	// Form is the screen of a flow.
	Form interface{ Place() place.ID }
)

// waiting is the index of a form of p that is not on top, or -1.
func waiting[S any](screens []S, p place.ID) int {
	return slices.IndexFunc(screens[:len(screens)-1], func(s S) bool {
		f, is := any(s).(Form)
		return is && f.Place() == p
	})
}

// staying is how many screens stay open under a place that the visitor goes to:
// all, if the one on top is a StaysOpen; else those up to an Overlay, to which
// they come back; and home. Nothing half filled in stays under a flow in which
// they log in, since they are somebody else after it.
func staying[S any](screens []S, p place.ID) int {
	if _, keeps := any(screens[len(screens)-1]).(StaysOpen); keeps {
		return len(screens)
	}
	for i, s := range slices.Backward(screens) {
		_, aside := any(s).(OverlayScreen)
		switch {
		case !aside:
		case p == place.Home, isLogInPlace(p) && anyUnsaved(screens[:i]):
			return 1
		default:
			return i + 1
		}
	}
	return 1
}

// isLogInPlace reports whether the visitor may log in by the flow of a place.
func isLogInPlace(p place.ID) bool {
	return p == place.LogIn || p == place.LogInWithApp || p == place.Activate
}

// wouldLose reports whether the visitor would lose something by going to p if so many
// screens stay. What they told on the screen on top, they need not tell again
// elsewhere.
func wouldLose[S any](screens []S, p place.ID, stay int) bool {
	if p == place.Home {
		return anyUnsaved(screens)
	}
	last := len(screens) - 1
	top, is := any(screens[last]).(Unsaved)
	return stay <= last && (is && top.StepsWouldRepeat() || anyUnsaved(screens[stay:last]))
}

// anyUnsaved reports whether the visitor would lose something if these were gone.
func anyUnsaved[S any](screens []S) bool { return lastUnsaved(screens) >= 0 }

// lastUnsaved is the index of the last screen on which that is so, or -1.
func lastUnsaved[S any](screens []S) int {
	for i, s := range slices.Backward(screens) {
		if l, is := any(s).(Unsaved); is && l.Unsaved() {
			return i
		}
	}
	return -1
}

// prefill is what the visitor told on the screens that are open.
func prefill[S any](screens []S) map[string]string {
	for _, s := range slices.Backward(screens) {
		if t, is := any(s).(Prefiller); is {
			return t.Prefill()
		}
	}
	return nil
}

// subject is what a question of the visitor would be about, on the screens that are open.
func subject[S any](screens []S) flow.Subject {
	for _, s := range slices.Backward(screens) {
		if about, is := any(s).(Subjecter); is {
			return about.Subject()
		}
	}
	return flow.Subject{}
}

// menusAbove returns the menus between home and a place, to go back to from there.
func menusAbove(p place.ID) (menus []place.ID) {
	for p = flows.ParentMenu(p); p != place.Home; p = flows.ParentMenu(p) {
		menus = slices.Insert(menus, 0, p)
	}
	return menus
}
