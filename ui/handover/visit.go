package handover

import (
	"maps"
	"time"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/speech"
	"loket/ui/theme"
)

// A Visit is what a face of the desk gives to the other face.
type Visit struct {
	Visit      *flow.Visit // Visit is nil if the visit has ended.
	Idle       navigation.IdleTimer
	Language   text.Language
	FullScreen FullScreen
	Screens    []Screen // Screens are the open screens above home, the lowest first.

	Farewell    text.Text // Farewell is the goodbye of a visit that has ended. It may be empty.
	IgnoreUntil time.Time // IgnoreUntil is when input counts again, after a visit that ended by a timeout.
}

// EndNotice returns a function that returns the farewell, or nil if there is no farewell.
func (v *Visit) EndNotice() func() text.Text {
	if v.Farewell == (text.Text{}) {
		return nil
	}
	return text.TextFunc(v.Farewell)
}

// FullScreen is how the full screen is set for the visitor. The plain face only keeps it. It is the zero value if the visitor has
// not been on the full screen.
type FullScreen struct {
	Theme  theme.Name
	Speech Speech
	Aids   Aids
}

// HasAids reports whether the visitor chose an aid on the full screen, or is read to there.
func (f FullScreen) HasAids() bool { return f.Speech.IsOn || f.Aids != Aids{} }

// Speech says how the full screen is read out.
type Speech struct {
	IsOn      bool
	RateIndex int           // RateIndex is an index into speech.Rates.
	Volume    speech.Volume // Volume is the volume that the visitor chose. It is 0 if the visitor chose none.
}

// Aids are the aids that the visitor chose for the hands.
type Aids struct {
	HasKeyboard      bool // HasKeyboard is true if the on-screen keyboard is shown.
	DeclinesKeyboard bool // DeclinesKeyboard is true if the visitor closed the on-screen keyboard.
	IgnoresRepeats   bool // IgnoresRepeats is true if a key that is pressed twice or held down counts once.
}

// A Screen is an open screen. At most one of its pointers is set. Without any of them, it is the screen of its place.
type Screen struct {
	Place   place.ID
	Form    *Form
	Ending  *Ending
	Product *flows.Holding
}

// A Form is a flow that the visitor has begun, with the answers that were typed, except secrets.
type Form struct {
	Flow        *flow.Flow
	WasLoggedIn bool              // WasLoggedIn is true if a customer was logged in when the flow began.
	Prefill     map[string]string // Prefill has answers from earlier in the visit, by the name of the field.
	Answers     Answers
}

// Answers has the typed answers of each step of a flow, by the name of the field.
type Answers map[flow.State]map[string]string

// Keep records the answer of a field, unless the field is secret.
func (a Answers) Keep(step flow.State, field flow.Field, answer string) {
	if field.Kind == flow.KindSecret {
		return
	}
	if a[step] == nil {
		a[step] = map[string]string{}
	}
	a[step][field.Name] = answer
}

// Clone returns a copy of the answers.
func (a Answers) Clone() Answers {
	all := Answers{}
	for step, answers := range a {
		all[step] = maps.Clone(answers)
	}
	return all
}

// An Ending is the page with the result of a flow.
type Ending struct {
	Place   place.ID // Place is the place of the flow.
	Step    flow.Step
	Prefill map[string]string
}

// A Giver is a screen that the other face can open with more than its place.
type Giver interface {
	// HandOver returns the screen for the other face. The flow of a form then belongs to the other face.
	HandOver() Screen
}

// ScreensOf returns the open screens above home, for the other face. It leaves out screens that have no place of their own, such
// as help, and the list of ways in which the desk can adapt to the visitor, from which the visitor may have come.
func ScreensOf[S comparable](s *navigation.Stack[S]) (all []Screen) {
	open, places := s.OpenScreens(), s.OpenPlaces()
	for i := 1; i < len(open); i++ {
		given := Screen{Place: places[i]}
		if giver, is := any(open[i]).(Giver); is {
			given = giver.HandOver()
			given.Place = places[i]
		} else if places[i] == places[i-1] || places[i] == place.Help {
			continue
		}
		all = append(all, given)
	}
	return all
}

// Reopen opens screens of the other face above home. open returns the screen of this face, or the zero value if it has none.
func Reopen[S comparable](s *navigation.Stack[S], screens []Screen, open func(Screen) S) {
	var none S
	for _, each := range screens {
		if screen := open(each); screen != none {
			s.PushAt(screen, each.Place)
		}
	}
}
