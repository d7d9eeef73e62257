package navigation

import (
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
)

type (
	// UnsavedScreen is a screen that may have unsaved input. The visitor must confirm before the screen closes (R16).
	UnsavedScreen interface {
		// HasUnsavedInput reports whether the visitor would lose input by going back.
		HasUnsavedInput() bool

		// StepsWouldRepeat reports whether the visitor would lose finished steps by going to another place. Typed answers
		// alone are not lost then, because they are prefilled there.
		StepsWouldRepeat() bool
	}

	// Prefiller is a screen with answers that other flows ask for too. The keys of its map are the names of fields (R18).
	Prefiller interface{ PrefillAnswers() map[string]string }

	// SubjectScreen is a screen with a subject about which the visitor may ask a question.
	SubjectScreen interface{ QuestionSubject() flow.QuestionSubject }

	// StayingScreen is a screen that stays open under the screens that the visitor opens from it.
	StayingScreen interface{ MarkAsStayingOpen() }

	// OverlayScreen is a screen that the visitor only reads. The screens under it stay open.
	OverlayScreen interface{ MarkAsOverlay() }

	// FlowScreen is the screen of a flow.
	FlowScreen interface{ PlaceID() place.ID }
)

// coveredFormIndex returns the index of an open form of place p that is not on top, or -1.
func coveredFormIndex[S any](screens []S, p place.ID) int {
	return slices.IndexFunc(screens[:len(screens)-1], func(s S) bool {
		f, is := any(s).(FlowScreen)
		return is && f.PlaceID() == p
	})
}

// countStayingScreens returns how many screens stay open when the visitor goes to place p. All stay if the screen on top is a
// StayingScreen. Otherwise home stays, and all screens up to the last overlay, because the visitor returns to that overlay.
// Unsaved input does not stay under a flow that logs the visitor in, because another customer may log in. The result of a flow
// stays if the visitor asks from there to be called back, because the visitor may want to read it again.
func countStayingScreens[S any](screens []S, p place.ID) int {
	if _, keeps := any(screens[len(screens)-1]).(StayingScreen); keeps {
		return len(screens)
	}
	if p == place.CallBack && !anyUnsaved(screens) {
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

// isLogInPlace reports whether the flow of a place may log the visitor in.
func isLogInPlace(p place.ID) bool {
	return p == place.LogIn || p == place.LogInWithApp || p == place.Activate
}

// wouldLoseInput reports whether the visitor would lose input or steps by going to place p while stay screens stay open. The
// answers on the screen on top are not lost, because they are prefilled at p.
func wouldLoseInput[S any](screens []S, p place.ID, stay int) bool {
	if p == place.Home {
		return anyUnsaved(screens)
	}
	last := len(screens) - 1
	top, is := any(screens[last]).(UnsavedScreen)
	return stay <= last && (is && top.StepsWouldRepeat() || anyUnsaved(screens[stay:last]))
}

// anyUnsaved reports whether closing the given screens would lose input.
func anyUnsaved[S any](screens []S) bool { return lastUnsaved(screens) >= 0 }

// lastUnsaved returns the index of the last screen with unsaved input, or -1.
func lastUnsaved[S any](screens []S) int {
	for i, s := range slices.Backward(screens) {
		if l, is := any(s).(UnsavedScreen); is && l.HasUnsavedInput() {
			return i
		}
	}
	return -1
}

// prefilledAnswers returns the answers of the topmost screen that has answers to prefill.
func prefilledAnswers[S any](screens []S) map[string]string {
	for _, s := range slices.Backward(screens) {
		if t, is := any(s).(Prefiller); is && len(t.PrefillAnswers()) > 0 {
			return t.PrefillAnswers()
		}
	}
	return nil
}

// questionSubject returns the subject of the topmost screen that has a subject.
func questionSubject[S any](screens []S) flow.QuestionSubject {
	for _, s := range slices.Backward(screens) {
		if about, is := any(s).(SubjectScreen); is {
			return about.QuestionSubject()
		}
	}
	return flow.QuestionSubject{}
}

// parentMenus returns the menus between home and a place, starting at home. Going back leads through these menus.
func parentMenus(p place.ID) (menus []place.ID) {
	for p = flows.ParentMenu(p); p != place.Home; p = flows.ParentMenu(p) {
		menus = slices.Insert(menus, 0, p)
	}
	return menus
}
