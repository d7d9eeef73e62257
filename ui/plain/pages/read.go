package pages

import (
	"context"
	"errors"
	"slices"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/handover"
	"loket/ui/plain/dialogue"
	"loket/ui/view"
	"loket/ui/words"
)

// ShowPage reads a page out, and asks the visitor to choose one of its choices or of more.
func ShowPage(s *dialogue.Session, p view.Page, more ...dialogue.Choice) (dialogue.NextAction, error) {
	sayPage(s, p)
	choices, back := pageChoices(p, more)
	s.WriteChoices(choices, back)
	if p.Note != (text.Text{}) {
		s.Out.WriteGap()
		s.Say(p.Note)
	}
	n, _, err := s.AskChoiceNumber(choices, back, dialogue.ChooseNumberText, false)
	if errors.Is(err, dialogue.ErrBack) {
		return dialogue.NextMoveAction(p.LeaveMove), nil
	}
	return n, err
}

// pageChoices returns the choices of a page followed by more. back is false if a choice of the page already goes back.
func pageChoices(p view.Page, more []dialogue.Choice) (all []dialogue.Choice, back bool) {
	for _, c := range p.AllChoices() {
		choice := dialogue.Choice{Name: c.Name, About: c.Purpose, Next: dialogue.NextMoveAction(c.Move)}
		if c.Value != (text.Text{}) {
			choice.Name = words.Concat(c.Name, text.SameInBoth(": "), c.Value)
		}
		all = append(all, choice)
	}
	back = !slices.ContainsFunc(p.Choices, func(c view.Choice) bool { return c.Move == p.LeaveMove })
	return append(all, more...), back
}

// sayPage writes the text of a page.
func sayPage(s *dialogue.Session, p view.Page) {
	s.SayHeading(p.Title)
	if about := words.JoinCommas(p.About...); about != (text.Text{}) {
		s.Say(words.Capitalise(about))
		s.Out.WriteGap()
	}
	for i, section := range p.Sections {
		if i > 0 || section.Heading != (text.Text{}) {
			s.SayHeading(section.Heading)
		}
		saySection(s, section)
	}
	if len(p.Helplines) > 0 {
		s.Out.WriteGap()
	}
	for _, line := range p.Helplines {
		s.Say(line)
	}
}

func saySection(s *dialogue.Session, section view.Section) {
	for _, paragraph := range section.Paragraphs {
		s.Say(paragraph)
	}
	for _, line := range section.Helplines {
		s.SayHeading(line.Name)
		for _, t := range []text.Text{line.Purpose, line.PhoneText, line.Status, line.WeeklyHours} {
			s.Say(t)
		}
	}
	for _, e := range section.Events {
		s.QueueListItem(func() { s.SayFact(words.FormatDateTime(e.Time), words.JoinCommas(e.Text, e.Location)) })
	}
	s.WriteQueuedPieces()
}

// contactPage reads out the contact page.
type contactPage struct{}

// NewContact returns the contact page, with the helplines (S1).
func NewContact() dialogue.Screen { return &contactPage{} }

func (c *contactPage) MarkAsOverlay() {}

func (c *contactPage) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	return ShowPage(s, view.ContactPage(s.Desk, s.Desk.Clock.Now()))
}

// details reads out the details page.
type details struct{}

// NewDetails returns the page with the details that the desk has about the customer.
func NewDetails() dialogue.Screen { return &details{} }

func (d *details) MarkAsStayingOpen() {}

func (d *details) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	return showFetched(s, place.Details, view.DetailsPage, func(ctx context.Context) ([]flows.Detail, error) {
		return flows.LoadCustomerDetails(ctx, s.Visit)
	})
}

// activity reads out the activity page.
type activity struct{}

// NewActivity returns the page with the recent events of the customer's account.
func NewActivity() dialogue.Screen { return &activity{} }

func (a *activity) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	return showFetched(s, place.Activity, view.ActivityPage, func(ctx context.Context) ([]flows.AccountEvent, error) {
		return flows.LoadRecentActivity(ctx, s.Visit)
	})
}

// showFetched fetches the data of a page, and reads the page out.
func showFetched[T any](s *dialogue.Session, at place.ID, build func(*desk.Desk, time.Time, T) view.Page, get func(context.Context) (T, error)) (dialogue.NextAction, error) {
	var data T
	ok, err := s.Fetch("fetch "+string(at), func(ctx context.Context) (err error) {
		data, err = get(ctx)
		return err
	})
	switch {
	case err != nil:
		return dialogue.NextAction{}, err
	case !ok:
		return ShowPage(s, view.UnavailablePage(s.Desk, s.Desk.Clock.Now(), at))
	}
	return ShowPage(s, build(s.Desk, s.Desk.Clock.Now(), data))
}

// outcomePage reads out the result of a flow that has ended.
type outcomePage struct {
	place          place.ID // place is the place of the flow.
	step           flow.Step
	answers        map[string]string // answers are the visitor's answers in the flow, by the name of the field.
	hasUnsavedForm bool              // hasUnsavedForm is true if a form with unsaved input is open under this screen.
}

// NewOutcome returns the screen of a flow that has ended at step. at is the place of the flow, and answers are the visitor's
// answers, by the name of the field. waits is true if a form with unsaved input is open under the screen.
func NewOutcome(at place.ID, step flow.Step, answers map[string]string, waits bool) dialogue.Screen {
	return &outcomePage{at, step, answers, waits}
}

// HandOver returns the page for the full screen.
func (o *outcomePage) HandOver() handover.Screen {
	return handover.Screen{Ending: &handover.Ending{Place: o.place, Step: o.step, Prefill: o.answers}}
}

func (o *outcomePage) PrefillAnswers() map[string]string { return o.answers }

// QuestionSubject returns the flow as the subject of the visitor's question.
func (o *outcomePage) QuestionSubject() flow.QuestionSubject { return flows.QuestionSubjectAt(o.place) }

func (o *outcomePage) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	return ShowPage(s, view.EndingPage(s.Visit, s.Desk.Clock.Now(), o.step, o.hasUnsavedForm))
}
