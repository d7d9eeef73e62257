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

// session takes a visitor from screen to screen.
type session struct {
	*dialogue.Session
	cancelGroup sync.WaitGroup // cancelGroup waits for the goroutines that abandon flows.
}

// beginVisit drops the current visit, and begins a new one at home.
func (s *session) beginVisit() {
	s.cancelAllFlows()
	s.BeginVisit(flow.NewVisit(s.Desk), pages.NewMenu(place.Home))
}

// followNextAction goes to where a screen leads.
func (s *session) followNextAction(n dialogue.NextAction) error {
	switch {
	case n.Move != nil:
		return s.makeMove(n.Move)
	case n.Open != nil:
		s.Screens.Push(n.Open)
	case n.Replace != nil:
		s.Screens.Replace(n.Replace)
	case n.Typed != "":
		return s.RunTypedCommand(n.Typed)
	case n.Ended:
		return s.handleFlowEnd(s.Screens.Top().(*form.Form))
	}
	return nil
}

// runEndingCommand runs a command that ended a question. It returns an Ending if the command ends the visit. It returns errors
// that are not commands unchanged.
func (s *session) runEndingCommand(err error) error {
	switch {
	case errors.Is(err, dialogue.ErrRepeatScreen), errors.Is(err, dialogue.ErrClearAnswer):
		return nil
	case errors.Is(err, dialogue.ErrBack):
		return s.goBack()
	case errors.Is(err, dialogue.ErrLogOut):
		return s.makeMove(navigation.GoTo{Place: place.LogOut})
	case errors.Is(err, dialogue.ErrGoHome):
		return s.makeMove(navigation.GoTo{Place: place.Home})
	case errors.Is(err, dialogue.ErrOpenDemo):
		s.openPanel()
		return nil
	case errors.Is(err, dialogue.ErrFullScreen):
		return &dialogue.VisitEnding{GoesOn: true}
	case errors.Is(err, dialogue.ErrStop):
		return &dialogue.VisitEnding{Why: flow.ReasonLoggedOut, Farewell: s.farewellText(), StopsDesk: !s.Options.WalkIn}
	case errors.Is(err, flow.ErrLoginEnded):
		return &dialogue.VisitEnding{Why: flow.ReasonLoginRevoked, Farewell: flow.LoginEndedText}
	}
	return err
}

// farewellText returns the farewell for a customer who logs out. It is empty for a visitor who is not logged in.
func (s *session) farewellText() text.Text {
	if s.Visit.HasCustomer() {
		return words.LeaveTextsForVisit(s.Visit).Left
	}
	return text.Text{}
}

// makeMove makes a move. If the visitor would lose something, it asks for confirmation first (R16).
func (s *session) makeMove(m navigation.Move) error {
	if m == (navigation.GoTo{Place: place.LogOut}) {
		return s.logOut(s.Screens.HasUnsavedInput(), words.InputLossQuestion, words.InputLossExplanation, words.StayHereLabel, words.LeaveLabel)
	}
	step := s.Screens.PreviewMove(m)
	if step.WouldLose {
		if sure, err := s.confirmLeaving(words.InputLossQuestion, words.InputLossExplanation, words.StayHereLabel, words.LeaveLabel); !sure {
			return err
		}
	}
	if s.Screens.ApplyMoveEffect(step, s.newPlaceScreen) == navigation.MoveResultHome {
		s.goHome()
	}
	return nil
}

// goBack goes one screen back. From the home menu, it logs a customer out instead.
func (s *session) goBack() error {
	if s.Screens.Len() == 1 && s.Visit.HasCustomer() {
		t := words.LeaveTextsForVisit(s.Visit)
		return s.logOut(true, t.Question, t.Explanation, t.Stay, t.Leave)
	}
	return s.makeMove(navigation.Back{})
}

// logOut ends the visit of a customer. If ask is true, it asks for confirmation first.
func (s *session) logOut(ask bool, question, explanation, stay, leave text.Text) error {
	if ask {
		if sure, err := s.confirmLeaving(question, explanation, stay, leave); !sure {
			return err
		}
	}
	return &dialogue.VisitEnding{Why: flow.ReasonLoggedOut, Farewell: s.farewellText()}
}

// confirmLeaving asks whether the visitor wants to leave. A command counts as no. It returns an Ending as error if the visit
// ended during the question.
func (s *session) confirmLeaving(question, explanation, stay, away text.Text) (bool, error) {
	s.SayHeading(question)
	s.Say(explanation)
	leave := dialogue.NextMoveAction(navigation.Back{})
	chosen, err := s.Choose([]dialogue.Choice{{Name: stay}, {Name: away, Next: leave}}, false)
	if ending, is := errors.AsType[*dialogue.VisitEnding](err); is {
		return false, ending
	}
	return chosen == leave, nil
}

// handleFlowEnd closes the form of a flow that has ended, and opens the page of the result or the next place.
func (s *session) handleFlowEnd(f *form.Form) error {
	s.Screens.CloseEndedFlow(f.ChangedLoginState(s.Session))
	step := f.Step()
	if step.AutoSubmit {
		return s.makeMove(navigation.GoTo{Place: step.Offers[0]})
	}
	s.Screens.Push(pages.NewOutcome(f.PlaceID(), step, f.PrefillAnswers(), s.Screens.HasUnsavedInput()))
	return nil
}

// goHome goes to the home menu. If the visitor is not logged in, it begins a new visit, so that no data of the old one is
// kept.
func (s *session) goHome() {
	if s.Visit.HasCustomer() {
		s.Screens.KeepLowestScreens(1)
		return
	}
	s.beginVisit()
}

// newPlaceScreen returns a new screen of a place. If the place has a flow, it begins the flow. It returns nil if the place is not
// available to the visitor.
func (s *session) newPlaceScreen(p place.ID) dialogue.Screen {
	if !flows.IsPlaceOpen(s.Visit, p) {
		return nil
	}
	switch p {
	case place.Card:
		return pages.NewCustomerCard()
	case place.Products:
		return pages.NewProducts()
	case place.Contact:
		return pages.NewContact()
	case place.Questions:
		return pages.NewQuestions()
	case place.Help:
		return pages.NewAssistance()
	case place.Kept:
		return pages.NewKeptData()
	case place.Details:
		return pages.NewDetails()
	case place.Activity:
		return pages.NewActivity()
	}
	if flows.MenuAt(s.Visit, p).Places != nil {
		return pages.NewMenu(p)
	}
	s.Visit.Subject = s.Screens.QuestionSubject()
	if flow := flows.BeginFlow(s.Visit, p); flow != nil {
		return form.New(flow, s.Screens.PrefillAnswers(), s.Visit.HasCustomer())
	}
	return nil
}

// openPanel opens the demo panel, or goes back to it if it is already open.
func (s *session) openPanel() {
	if at := slices.IndexFunc(s.Screens.OpenScreens(), demo.IsPanel); at >= 0 {
		s.Screens.KeepLowestScreens(at + 1)
		return
	}
	s.Screens.Push(demo.NewPanel())
}

// cancelClosedFlows abandons the flows of closed forms, in the background, because a flow may still be active elsewhere, such as on
// a phone.
func (s *session) cancelClosedFlows() {
	for _, screen := range s.Screens.TakeClosed() {
		if f, is := screen.(*form.Form); is && f.NeedsCancel() {
			s.cancelGroup.Go(s.flowCancelFunc(f))
		}
	}
}

// cancelAllFlows closes all screens and abandons the flows of their forms.
func (s *session) cancelAllFlows() {
	s.Screens.Clear()
	s.cancelClosedFlows()
}

// recordLeavingTimeout is the maximum time for recording that a visitor left.
const recordLeavingTimeout = 5 * time.Second

// flowCancelFunc returns a function that abandons the flow of a form. The function may run in the background. It only logs errors,
// because the visitor has left.
func (s *session) flowCancelFunc(f *form.Form) func() {
	ctx, log := context.WithoutCancel(s.Context), s.Options.Log.With("visit", s.Visit.ID)
	return func() {
		ctx, cancel := context.WithTimeout(ctx, recordLeavingTimeout)
		defer cancel()
		if err := dialogue.Recover(func() error { return f.Cancel(ctx) }); err != nil {
			log.Error("leave flow", "error", err)
		}
	}
}
