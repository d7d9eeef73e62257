package plain

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/plain/demo"
	"loket/ui/plain/dialogue"
	"loket/ui/plain/form"
	"loket/ui/plain/pages"
	"loket/ui/words"
)

// session goes from screen to screen with a visitor.
type session struct {
	*dialogue.Session
	cancels sync.WaitGroup // that leave flows for good
}

// begin forgets the visit that was, and begins another one at home.
func (s *session) begin() {
	s.cancelAll()
	s.Begin(flow.NewVisit(s.Desk), pages.NewMenu(place.Home))
}

// goOn goes where a screen leads.
func (s *session) goOn(n dialogue.Next) error {
	switch {
	case n.Move != nil:
		return s.move(n.Move)
	case n.Open != nil:
		s.Screens.Push(n.Open)
	case n.Replace != nil:
		s.Screens.Replace(n.Replace)
	case n.Typed != "":
		return s.Obey(n.Typed)
	case n.Ended:
		return s.ended(s.Screens.Top().(*form.Form))
	}
	return nil
}

// handleCommand does what the visitor wanted in place of answering.
func (s *session) handleCommand(err error) error {
	switch {
	case errors.Is(err, dialogue.ErrAgain), errors.Is(err, dialogue.ErrClearAnswer):
		return nil
	case errors.Is(err, dialogue.ErrBack):
		return s.goBack()
	case errors.Is(err, dialogue.ErrLogOut):
		return s.move(navigation.GoTo{Place: place.LogOut})
	case errors.Is(err, dialogue.ErrStart):
		return s.move(navigation.GoTo{Place: place.Home})
	case errors.Is(err, dialogue.ErrDemo):
		s.openPanel()
		return nil
	case errors.Is(err, dialogue.ErrStop):
		return &dialogue.Ending{Why: flow.LoggedOut, Farewell: s.goodbye(), Stops: !s.Options.WalkIn}
	case errors.Is(err, flow.ErrLoginEnded):
		return &dialogue.Ending{Why: flow.LoginRevoked, Farewell: flow.EndedElsewhereText}
	}
	return err
}

// goodbye is what a customer is told who logs out.
func (s *session) goodbye() text.Text {
	if s.Visit.LoggedIn() {
		return words.LoggedOut
	}
	return text.Text{}
}

// move makes a move, after asking if that would lose something (R16).
func (s *session) move(m navigation.Move) error {
	if m == (navigation.GoTo{Place: place.LogOut}) {
		return s.logOut(s.Screens.Unsaved(), words.SureQuestion, words.SureExplanation, words.StayHere, words.Leave)
	}
	step := s.Screens.Preview(m)
	if step.Loses {
		if sure, err := s.confirmLoss(words.SureQuestion, words.SureExplanation, words.StayHere, words.Leave); !sure {
			return err
		}
	}
	if s.Screens.Take(step, s.at) == navigation.AtHome {
		s.goHome()
	}
	return nil
}

// goBack goes a screen back; from the menu of a customer, out.
func (s *session) goBack() error {
	if s.Screens.Len() == 1 && s.Visit.LoggedIn() {
		return s.logOut(true, words.SureToLogOut, words.LogOutTells, words.StayLoggedIn, words.LogOut)
	}
	return s.move(navigation.Back{})
}

// logOut ends the visit of a customer, after asking if it is to be asked.
func (s *session) logOut(ask bool, asks, tells, stay, leave text.Text) error {
	if ask {
		if sure, err := s.confirmLoss(asks, tells, stay, leave); !sure {
			return err
		}
	}
	return &dialogue.Ending{Why: flow.LoggedOut, Farewell: s.goodbye()}
}

// confirmLoss asks whether the visitor wants to leave. Any command means that they do not.
func (s *session) confirmLoss(asks, tells, stay, away text.Text) (bool, error) {
	s.Heading(asks)
	s.Say(tells)
	leave := dialogue.To(navigation.Back{})
	chosen, err := s.Choose([]dialogue.Choice{{Name: stay}, {Name: away, Next: leave}}, false)
	if over, is := errors.AsType[*dialogue.Ending](err); is {
		return false, over
	}
	return chosen == leave, nil
}

// ended goes on from the flow on top, which came to its end.
func (s *session) ended(f *form.Form) error {
	s.Screens.Ended(f.ChangedLogIn(s.Session))
	step := f.Step()
	if step.AutoSubmit {
		return s.move(navigation.GoTo{Place: step.Offers[0]})
	}
	s.Screens.Push(pages.NewOutcome(f.Place(), step, f.Prefill(), s.Screens.Unsaved()))
	return nil
}

// goHome goes to the first screen. A visitor who is not logged in is done by then, so
// that nothing of theirs needs to be kept.
func (s *session) goHome() {
	if s.Visit.LoggedIn() {
		s.Screens.Keep(1)
		return
	}
	s.begin()
}

// at returns the screen of a place, with a flow begun there; nil for one that cannot be gone to.
func (s *session) at(p place.ID) dialogue.Screen {
	switch p {
	case place.Products:
		return pages.NewProducts()
	case place.Contact:
		return pages.NewContact()
	case place.Questions:
		return pages.NewQuestions()
	case place.Help:
		return pages.NewAssistance()
	case place.Kept:
		return pages.NewKept()
	case place.Details:
		return pages.NewDetails()
	case place.Activity:
		return pages.NewActivity()
	}
	if flows.MenuAt(s.Visit, p).Leads != nil {
		return pages.NewMenu(p)
	}
	s.Visit.Subject = s.Screens.Subject()
	if flow := flows.Begin(s.Visit, p); flow != nil {
		return form.New(flow, s.Screens.Prefill(), s.Visit.LoggedIn())
	}
	return nil
}

// openPanel opens the panel of the demo, or goes back to it if it is open.
func (s *session) openPanel() {
	if at := slices.IndexFunc(s.Screens.All(), demo.IsPanel); at >= 0 {
		s.Screens.Keep(at + 1)
		return
	}
	s.Screens.Push(demo.NewPanel())
}

// cancelClosed leaves for good the flows of the forms that were closed, whatever closed
// them: somebody else may go on with one, as on a phone.
func (s *session) cancelClosed() {
	for _, screen := range s.Screens.Closed() {
		if f, is := screen.(*form.Form); is && f.NeedsCancel() {
			s.cancels.Go(s.cancel(f))
		}
	}
}

// cancelAll does so with all forms that are open.
func (s *session) cancelAll() {
	s.Screens.Clear()
	s.cancelClosed()
}

// leaveTimeout is how long it may take to note that somebody left.
const leaveTimeout = 5 * time.Second

// cancel returns what leaves the flow of a form for good, beside the session. What
// fails is for the log alone: the visitor is elsewhere.
func (s *session) cancel(f *form.Form) func() {
	ctx, log := context.WithoutCancel(s.Context), s.Options.Log.With("visit", s.Visit.ID)
	return func() {
		ctx, cancel := context.WithTimeout(ctx, leaveTimeout)
		defer cancel()
		if err := dialogue.Recover(func() error { return f.Cancel(ctx) }); err != nil {
			log.Error("leave flow", "error", err)
		}
	}
}
