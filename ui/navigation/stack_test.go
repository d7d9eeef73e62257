package navigation

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/flows/place"
)

// shown is a screen with only a name.
type shown struct{ name string }

// menu implements StayingScreen, and aside implements OverlayScreen.
type (
	menu  struct{ shown }
	aside struct{ shown }
)

func (*menu) MarkAsStayingOpen() {}
func (*aside) MarkAsOverlay()    {}

// form is the screen of a flow, with or without unsaved input.
type form struct {
	shown
	typed string
	steps bool // steps is true if the flow has finished steps.
}

func (f *form) PlaceID() place.ID                 { return place.ID(f.name) }
func (f *form) HasUnsavedInput() bool             { return f.typed != "" || f.steps }
func (f *form) StepsWouldRepeat() bool            { return f.steps }
func (f *form) PrefillAnswers() map[string]string { return map[string]string{"typed": f.typed} }

func (s *shown) called() string { return s.name }

type named interface{ called() string }

// stackOf returns a stack of screens above home.
func stackOf(screens ...named) *Stack[named] {
	var s Stack[named]
	s.BeginAtHome(&menu{shown{"home"}})
	for _, each := range screens {
		s.Push(each)
	}
	return &s
}

func names(s *Stack[named]) (all []string) {
	for _, each := range s.OpenScreens() {
		all = append(all, each.called())
	}
	return all
}

// opened returns the screen of a place, or no screen if the place is not available to the visitor.
func opened(p place.ID) named {
	switch p {
	case place.Products:
		return nil
	case place.Contact, place.Questions:
		return &aside{shown{string(p)}}
	case place.ForgottenMenu, place.Security, place.PersonalMenu:
		return &menu{shown{string(p)}}
	}
	return &form{shown: shown{string(p)}}
}

// TestStep checks for each move which screens stay open, whether the visitor must confirm first, and where the move leads.
func TestStep(t *testing.T) {
	half := func(p place.ID) *form { return &form{shown: shown{string(p)}, typed: "x"} }
	done := func(p place.ID) *form { return &form{shown: shown{string(p)}, typed: "x", steps: true} }
	look := func(p place.ID) *aside { return &aside{shown{string(p)}} }
	for name, test := range map[string]struct {
		open  []named
		move  Move
		loses bool
		lands MoveResult
		want  []string
	}{
		"from home":                  {nil, GoTo{place.Activate}, false, MoveResultOpened, []string{"home", "activate"}},
		"from home, with its menu":   {nil, GoTo{place.ForgottenPassword}, false, MoveResultOpened, []string{"home", "forgotten", "forgotten password"}},
		"elsewhere, with its menu":   {[]named{half(place.LogIn)}, GoTo{place.ForgottenPassword}, false, MoveResultOpened, []string{"home", "forgotten", "forgotten password"}},
		"away from steps taken":      {[]named{done(place.LogIn)}, GoTo{place.ForgottenPassword}, true, MoveResultOpened, []string{"home", "forgotten", "forgotten password"}},
		"home":                       {[]named{half(place.LogIn)}, GoTo{place.Home}, true, MoveResultHome, nil},
		"aside":                      {[]named{done(place.LogIn)}, GoTo{place.Contact}, false, MoveResultOpened, []string{"home", "log in", "contact"}},
		"from a result":              {[]named{opened(place.ForgottenPassword)}, GoTo{place.CallBack}, false, MoveResultOpened, []string{"home", "forgotten password", "call back"}},
		"from aside":                 {[]named{half(place.Activate), look(place.Contact)}, GoTo{place.CallBack}, false, MoveResultOpened, []string{"home", "activate", "contact", "call back"}},
		"to what waits":              {[]named{half(place.Activate), look(place.Questions)}, GoTo{place.Activate}, false, MoveResultReached, []string{"home", "activate"}},
		"to what waits, losing":      {[]named{half(place.Activate), look(place.Contact), half(place.CallBack)}, GoTo{place.Activate}, true, MoveResultReached, []string{"home", "activate"}},
		"logging in over half":       {[]named{half(place.ForgottenUsername), look(place.Questions)}, GoTo{place.LogIn}, true, MoveResultOpened, []string{"home", "log in"}},
		"logging in over nothing":    {[]named{opened(place.ForgottenUsername), look(place.Questions)}, GoTo{place.LogIn}, false, MoveResultOpened, []string{"home", "forgotten username", "questions", "log in"}},
		"where one cannot go":        {[]named{look(place.Questions)}, GoTo{place.Products}, false, MoveResultHome, nil},
		"back":                       {[]named{opened(place.ForgottenMenu), opened(place.ForgottenPassword)}, Back{}, false, MoveResultReached, []string{"home", "forgotten"}},
		"back, losing":               {[]named{opened(place.ForgottenMenu), half(place.ForgottenPassword)}, Back{}, true, MoveResultReached, []string{"home", "forgotten"}},
		"back to home":               {[]named{opened(place.LogIn)}, Back{}, false, MoveResultHome, nil},
		"back from home":             {nil, Back{}, false, MoveResultReached, []string{"home"}},
		"resuming":                   {[]named{half(place.Activate), look(place.Contact), opened(place.CallBack)}, Resume{}, false, MoveResultReached, []string{"home", "activate"}},
		"resuming nothing":           {[]named{look(place.Contact)}, Resume{}, false, MoveResultHome, nil},
		"choosing on what is a menu": {[]named{opened(place.ForgottenMenu)}, GoTo{place.ForgottenPassword}, false, MoveResultOpened, []string{"home", "forgotten", "forgotten password"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := stackOf(test.open...)
			before := names(s)
			step := s.PreviewMove(test.move)
			if diff := cmp.Diff(before, names(s)); diff != "" {
				t.Errorf("the step was taken before it was: %s", diff)
			}
			if step.WouldLose != test.loses {
				t.Errorf("it loses something is %t", step.WouldLose)
			}
			landing := s.ApplyMoveEffect(step, opened)
			if landing != test.lands {
				t.Errorf("it lands at %d, want %d", landing, test.lands)
			}
			if diff := cmp.Diff(test.want, names(s)); landing != MoveResultHome && diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEnded checks that only home stays open after logging in or out, and that after any other flow only the screen of the
// flow is closed.
func TestEnded(t *testing.T) {
	for changed, want := range map[bool][]string{true: {"home"}, false: {"home", "forgotten", "questions"}} {
		s := stackOf(opened(place.ForgottenMenu), opened(place.Questions), opened(place.LogIn))
		s.CloseEndedFlow(changed)
		if diff := cmp.Diff(want, names(s)); diff != "" {
			t.Errorf("logged in or out is %t: %s", changed, diff)
		}
	}
}

// search is a screen that has answers to prefill only at times.
type search struct{ shown }

func (s *search) PrefillAnswers() map[string]string { return nil }

// TestPrefill checks that the answers of the topmost screen that has some are prefilled.
func TestPrefill(t *testing.T) {
	s := stackOf(&form{shown: shown{"log in"}, typed: "first"}, &form{shown: shown{"activate"}, typed: "last"}, opened(place.Contact), &search{shown{"questions"}})
	if told := s.PrefillAnswers()["typed"]; told != "last" {
		t.Errorf("told %q", told)
	}
}

// TestClosed checks that each closed screen is reported once, however it was closed, and that the stack keeps no reference to
// it.
func TestClosed(t *testing.T) {
	first, second := opened(place.LogIn), opened(place.Activate)
	s := stackOf(first)
	if closed := s.TakeClosed(); closed != nil {
		t.Errorf("closed %v before anything was open", closed)
	}
	s.Replace(second)
	if closed := s.TakeClosed(); len(closed) != 1 || closed[0] != first {
		t.Errorf("closed %v, want the one that was replaced", closed)
	}
	rest := s.OpenScreens()
	s.KeepLowestScreens(1)
	if rest[1] != nil {
		t.Errorf("%v is still held", rest[1])
	}
	if closed := s.TakeClosed(); len(closed) != 1 || closed[0] != second {
		t.Errorf("closed %v, want the one that was left", closed)
	}
	s.Clear()
	if closed := s.TakeClosed(); len(closed) != 1 || closed[0].called() != "home" {
		t.Errorf("closed %v, want home", closed)
	}
}
