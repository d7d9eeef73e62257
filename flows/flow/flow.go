package flow

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"time"

	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// A Flow is a table of steps, with the current step of one visitor.
type Flow struct {
	Name          string
	Start         State
	Steps         map[State]Step
	AuditCustomer store.CustomerID // AuditCustomer is the customer whom entries in the audit log name.
	AuditNote     string           // AuditNote is what an operator wrote about the customer, for the audit log.

	visit     *Visit
	state     State
	note      func() text.Text
	noteField string // noteField is the name of the field that the note is about; "" if the note is about the whole step.
	deadline  time.Time
}

// InvalidAnswers is the error for answers that the visitor must correct. The flow and the store are unchanged.
type InvalidAnswers struct{ Problems []AnswerProblem }

// AnswerProblem is a mistake in the answer to one field.
type AnswerProblem struct {
	Field  string
	Reason text.Text
}

func (e *InvalidAnswers) Error() string {
	var b strings.Builder
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(p.Field + ": " + p.Reason.EN)
	}
	return b.String()
}

// Visit returns the visit that the flow belongs to.
func (f *Flow) Visit() *Visit { return f.visit }

// SetStep adds or replaces a step of the table. It is for steps whose fields depend on an earlier outcome.
func (f *Flow) SetStep(at State, step Step) {
	f.Steps[at] = step
	f.addThrottleEdges()
}

// Begin adds the steps that every flow has, moves to the first step, and returns f.
func (f *Flow) Begin(v *Visit) *Flow {
	f.visit = v
	f.Steps[StateTimeUp] = Step{
		Title:  text.NewFunc("Dit duurde te lang", "That took too long"),
		Body:   text.NewFunc("Begin gerust opnieuw. Er is niets veranderd.", "Please start again. Nothing has changed."),
		Offers: []place.ID{place.Home},
	}
	f.Steps[StateLoggedOut] = Step{
		Title:  text.NewFunc("Je bent uitgelogd", "You are logged out"),
		Body:   func() text.Text { return LoginEndedText },
		Offers: []place.ID{place.LogIn, place.Contact, place.Home},
	}
	if v.IsServiceDesk() {
		f.Steps[StateLoggedOut] = Step{
			Title:  text.NewFunc("De kaart is gesloten", "The card has been closed"),
			Body:   text.NewFunc("Deze klant is intussen gewist. Er is niets veranderd.", "This customer was erased in the meantime. Nothing has changed."),
			Offers: []place.ID{place.FindCustomer, place.Home},
		}
	}
	f.addThrottleEdges()
	f.followEdge(Edge{To: f.Start})
	return f
}

// addThrottleEdges adds edges for the outcomes of the throttle to every step with a ThrottleKey.
func (f *Flow) addThrottleEdges() {
	for state, step := range f.Steps {
		if step.ThrottleKey != nil {
			step.Next[OutcomeTooSoon] = Edge{To: state, Note: f.visit.waitNote}
			step.Next[OutcomePaused] = Edge{To: state, Note: f.visit.waitNote}
		}
	}
}

// SwitchFields does the switch of the current step with an index, if there is one. Everything else stays the same, including the time that
// the visitor has left.
func (f *Flow) SwitchFields(index int) {
	if switches := f.Step().Switches; index < len(switches) {
		switches[index].Do()
		f.addThrottleEdges()
		f.note, f.noteField = nil, ""
	}
}

// State returns the name of the current step.
func (f *Flow) State() State { return f.state }

// Step returns the current step.
func (f *Flow) Step() Step { return f.Steps[f.state] }

// AnswerNote returns the note about the previous answer, or nil.
func (f *Flow) AnswerNote() func() text.Text { return f.note }

// AnswerNoteField returns the name of the field that the note is about, or "" if it is about the whole step.
func (f *Flow) AnswerNoteField() string { return f.noteField }

// Ended reports whether the flow has ended, so that there is nothing more to answer.
func (f *Flow) Ended() bool { return f.Step().Do == nil }

// Submit submits the answers to the current step, and moves to the next step after the commit. If it returns an error, nothing
// has changed. If the error is an *Invalid, the visitor can correct the answers.
func (f *Flow) Submit(ctx context.Context, answers map[string]string) error {
	step := f.Step()
	if step.Do == nil {
		return fmt.Errorf("%s: %q is the end", f.Name, f.state)
	}
	if !f.visit.Clock.RealNow().Before(f.deadline) {
		f.followEdge(Edge{To: StateTimeUp})
		return nil
	}
	switch isPending, err := f.PendingCheckFunc()(ctx); {
	case err != nil:
		return err
	case isPending:
		f.followEdge(step.Next[OutcomePending])
		return nil
	}
	if err := acceptAnswers(step.Fields, answers); err != nil {
		return err
	}
	if err := f.visit.delayDuringRush(ctx, step); err != nil {
		return err
	}
	began := f.visit.Clock.RealNow() // The response time begins after the wait of the throttle.
	duration := f.visit.ResponseTimes.AnswerDurationFor(f.stepName(), f.visit.Settings.Neutral, began)
	if step.Prepare != nil {
		if err := step.Prepare(ctx); err != nil {
			return fmt.Errorf("%s: prepare %q: %w", f.Name, f.state, err)
		}
	}
	edge, outcome, owner, err := f.runTransaction(ctx, step)
	if err != nil {
		return err
	}
	if step.IsNeutral && !edge.SkipsDelay {
		f.visit.ResponseTimes.RecordWorkDuration(f.stepName(), f.visit.Clock.RealNow().Sub(began))
		waitResponseTime(ctx, f.visit.Desk, began, duration)
	}
	f.reportStepOutcome(edge, outcome, f.visit.Clock.RealNow().Sub(began))
	if owner.ID != "" && owner.ID == f.visit.subjectCustomer() { // The visit may have been logged out meanwhile.
		f.visit.setCustomerFacts(owner)
	}
	f.followEdge(edge)
	return nil
}

// stepName returns a name for the current step that is unique among all flows.
func (f *Flow) stepName() string { return f.Name + ": " + string(f.state) }

// OutcomeAnswered is the outcome that observers see instead of outcomes that must not be told apart.
const OutcomeAnswered Outcome = "answered"

// reportStepOutcome reports the outcome of the step to the desk's observer. The observer learns no more than the visitor, and gets
// the time that the visitor could measure.
func (f *Flow) reportStepOutcome(edge Edge, outcome Outcome, took time.Duration) {
	if f.visit.Observer == nil {
		return
	}
	observed := outcome
	if edge.IsIndistinguishable {
		observed = OutcomeAnswered
	}
	f.visit.Observer.ObserveStep(f.Name, string(f.state), string(observed), took)
	if by, was := throttleReasons[outcome]; was {
		f.visit.reportThrottle(by)
	}
}

// PendingCheckFunc returns a function that reports whether the step is still waiting for an event elsewhere. During that time,
// submitting the step changes nothing. The function may be called concurrently with other methods.
func (f *Flow) PendingCheckFunc() func(context.Context) (isPending bool, err error) {
	step, visit, deadline := f.Step(), *f.visit, f.deadline
	isExtendable := step.IsExtendable != nil && step.IsExtendable()
	return func(ctx context.Context) (isPending bool, err error) {
		if step.IsPending == nil || isExtendable || !visit.Clock.RealNow().Before(deadline) {
			return false, nil
		}
		err = visit.Store.View(ctx, func(tx *store.Tx) error {
			isPending = visit.isLoginValid(tx) && step.IsPending(tx)
			return nil
		})
		return isPending, err
	}
}

// Abandon undoes what the step has begun elsewhere, because the visitor has left for good. For example, it withdraws the
// challenge that a phone would answer. It does nothing at a step without OnLeave.
func (f *Flow) Abandon(ctx context.Context) error {
	step := f.Step()
	if step.OnLeave == nil {
		return nil
	}
	err := f.visit.Store.Update(ctx, func(tx *store.Tx) error {
		step.OnLeave(tx)
		f.recordOutcome(tx, OutcomeAbandoned)
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: leave %q: %w", f.Name, f.state, err)
	}
	return nil
}

// OutcomeAbandoned is the outcome of a step that the visitor has left for good.
const OutcomeAbandoned Outcome = "visitor left"

// waitResponseTime waits until duration has passed since began, plus a random part of up to a fifth. The random part hides the
// lateness of the timer, which depends on the work done before. The answer is already committed, so it is not an error if the
// visitor leaves during the wait.
func waitResponseTime(ctx context.Context, d *desk.Desk, began time.Time, duration time.Duration) {
	if more, err := rand.Int(d.Random, big.NewInt(max(int64(duration)/5, 1))); err == nil {
		duration += time.Duration(more.Int64())
	}
	_ = d.Clock.Wait(ctx, duration-d.Clock.RealNow().Sub(began))
}

// acceptAnswers stores all answers in their fields. The error is an *Invalid with all problems.
func acceptAnswers(fields []Field, answers map[string]string) error {
	var problems []AnswerProblem
	for _, field := range fields {
		if why := field.accept(answers[field.Name]); why != nil {
			problems = append(problems, AnswerProblem{field.Name, *why})
		}
	}
	if problems != nil {
		return &InvalidAnswers{problems}
	}
	return nil
}

// runTransaction runs the transaction of a step. The throttle's counts, the work, the verdict and the audit entry are
// committed together or not at all (X1). The owner is the customer whom the visit is about, as the step leaves them: their facts may
// have been changed by the step, or elsewhere since the customer logged in.
func (f *Flow) runTransaction(ctx context.Context, step Step) (edge Edge, outcome Outcome, owner store.Customer, err error) {
	err = f.visit.Store.Update(ctx, func(tx *store.Tx) error {
		owner = store.Customer{}
		if f.state == f.Start {
			f.AuditCustomer = f.visit.subjectCustomer() // The audit entry must not name a customer from an earlier answer.
		}
		if tx.TrackTouchedKeys(); !f.visit.isLoginValid(tx) {
			edge, outcome = Edge{To: StateLoggedOut, OnCommit: f.visit.forgetCustomer}, Outcome(ReasonLoginRevoked)
			f.recordOutcome(tx, outcome)
			return nil
		}
		var refused bool
		if outcome, refused = f.visit.checkThrottle(tx, step); !refused {
			if outcome, err = step.Do(tx); err != nil {
				return err
			}
		}
		var known bool
		if edge, known = step.Next[outcome]; !known {
			return fmt.Errorf("%s: no edge from %q for outcome %q", f.Name, f.state, outcome)
		}
		f.visit.recordVerdict(tx, step, edge.Verdict)
		f.recordOutcome(tx, outcome)
		if id := f.visit.subjectCustomer(); id != "" {
			owner, _ = tx.Customer(id)
		}
		if !edge.SkipsDelay {
			tx.PadKeyAccess(step.MinKeys)
		}
		return nil
	})
	return edge, outcome, owner, err
}

// recordOutcome writes the outcome of the step to the audit log.
func (f *Flow) recordOutcome(tx *store.Tx, o Outcome) {
	tx.RecordAudit(store.AuditEntry{
		Terminal: f.visit.Terminal, Operator: f.visit.Operator, Visit: f.visit.ID, Customer: desk.CustomerIDForAudit(tx, f.AuditCustomer),
		Flow: f.Name, Step: string(f.state), Outcome: string(o), Note: f.AuditNote,
	})
}

// ExtendDeadline gives the visitor the full time for the current step once more.
func (f *Flow) ExtendDeadline() {
	f.deadline = f.visit.Clock.RealNow().Add(f.visit.ExtendTimeLimit(f.visit.Settings.Visit))
}

// followEdge moves to the step that the edge leads to. An edge that stays at the same step does not give the visitor more
// time.
func (f *Flow) followEdge(e Edge) {
	if e.OnCommit != nil {
		e.OnCommit()
	}
	if e.To != f.state {
		f.ExtendDeadline()
	}
	f.state, f.note, f.noteField = e.To, e.Note, e.Field
	f.freezeEndText()
}

// freezeEndText fixes the text of the last step when the flow reaches it. So the day by which a letter arrives does not change
// while the visitor reads the text.
func (f *Flow) freezeEndText() {
	step := f.Step()
	if step.Do != nil || step.Body == nil {
		return
	}
	step.Body = text.TextFunc(step.Body())
	f.Steps[f.state] = step
}

// throttleReasons maps the outcomes of the throttle to the reasons that observers receive.
var throttleReasons = map[Outcome]desk.ThrottleReason{OutcomeTooSoon: desk.ThrottledSubject, OutcomePaused: desk.ThrottledTerminal}
