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

// A Flow is one visitor's walk through a table of steps.
type Flow struct {
	Name  string
	Start State
	Steps map[State]Step
	About store.CustomerID // whom it turned out to be about, for the audit log alone

	visit    *Visit
	at       State
	note     func() text.Text
	noted    string // the field that the note is about, or ""
	deadline time.Time
}

// Invalid reports answers that the visitor must correct. Nothing has changed.
type Invalid struct{ Problems []Problem }

// Problem is what is wrong with the answer to one field.
type Problem struct {
	Field string
	Why   text.Text
}

func (e *Invalid) Error() string {
	var b strings.Builder
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(p.Field + ": " + p.Why.EN)
	}
	return b.String()
}

// Visit is the visitor's who walks through the table.
func (f *Flow) Visit() *Visit { return f.visit }

// SetStep puts a step into the table, or another one in its place, when what it asks
// depends on what the visitor came to.
func (f *Flow) SetStep(at State, step Step) {
	f.Steps[at] = step
	f.addThrottleEdges()
}

// Begin puts the visitor at the first step of f, and returns it.
func (f *Flow) Begin(v *Visit) *Flow {
	f.visit = v
	f.Steps[VisitOver] = Step{
		Title:  text.Fixed("Dit duurde te lang", "That took too long"),
		Body:   text.Fixed("Begin gerust opnieuw. Er is niets veranderd.", "Please start again. Nothing has changed."),
		Offers: []place.ID{place.Home},
	}
	f.Steps[VisitEnded] = Step{
		Title:  text.Fixed("Je bent uitgelogd", "You are logged out"),
		Body:   func() text.Text { return EndedElsewhereText },
		Offers: []place.ID{place.LogIn, place.Contact, place.Home},
	}
	f.addThrottleEdges()
	f.followEdge(Edge{To: f.Start})
	return f
}

// addThrottleEdges gives every step with a ThrottleKey the edges of the throttle.
func (f *Flow) addThrottleEdges() {
	for state, step := range f.Steps {
		if step.ThrottleKey != nil {
			step.Next[TooSoon] = Edge{To: state, Note: f.visit.waitNote}
			step.Next[Paused] = Edge{To: state, Note: f.visit.waitNote}
		}
	}
}

// Switch has the step where the visitor is ask for other fields, if there are any. Nothing else
// changes by it, also not how long the visitor has.
func (f *Flow) Switch() {
	if other := f.Step().Switch; other != nil {
		other.Do()
		f.addThrottleEdges()
		f.note, f.noted = nil, ""
	}
}

// At names the step where the visitor is.
func (f *Flow) At() State { return f.at }

// Step is the step where the visitor is.
func (f *Flow) Step() Step { return f.Steps[f.at] }

// Note is what to say about the answer before, or nil.
func (f *Flow) Note() func() text.Text { return f.note }

// NoteField names the field of the step that the note is about; "" if it is about none.
func (f *Flow) NoteField() string { return f.noted }

// Ended reports whether there is nothing more to answer.
func (f *Flow) Ended() bool { return f.Step().Do == nil }

// Submit answers the current step and, once its effect is committed, moves on.
// After an error nothing has changed; if it is an *Invalid, the visitor can
// mend the answers.
func (f *Flow) Submit(ctx context.Context, answers map[string]string) error {
	step := f.Step()
	if step.Do == nil {
		return fmt.Errorf("%s: %q is the end", f.Name, f.at)
	}
	if !f.visit.Clock.RealNow().Before(f.deadline) {
		f.followEdge(Edge{To: VisitOver})
		return nil
	}
	switch still, err := f.StillWaiting()(ctx); {
	case err != nil:
		return err
	case still:
		f.followEdge(step.Next[Pending])
		return nil
	}
	if err := acceptAll(step.Fields, answers); err != nil {
		return err
	}
	if err := f.visit.delayGlobally(ctx, step); err != nil {
		return err
	}
	began := f.visit.Clock.RealNow() // after a wait that is no part of a neutral answer's time
	takes := f.visit.Pace.Settle(f.stepName(), f.visit.Settings.Neutral, began)
	if step.Prepare != nil {
		if err := step.Prepare(ctx); err != nil {
			return fmt.Errorf("%s: prepare %q: %w", f.Name, f.at, err)
		}
	}
	edge, outcome, err := f.do(ctx, step)
	if err != nil {
		return err
	}
	if step.Neutral && !edge.AtOnce {
		f.visit.Pace.Took(f.stepName(), f.visit.Clock.RealNow().Sub(began))
		padNeutral(ctx, f.visit.Desk, began, takes)
	}
	f.observeStep(edge, outcome, f.visit.Clock.RealNow().Sub(began))
	f.followEdge(edge)
	return nil
}

// stepName names the step where the visitor is, in whatever flow.
func (f *Flow) stepName() string { return f.Name + ": " + string(f.at) }

// Answered is what outcomes that must not be told apart are to an observer.
const Answered Outcome = "answered"

// observeStep tells the desk's observer what came of the step: no more than the visitor
// sees, and of an answer whose time hides something that time.
func (f *Flow) observeStep(edge Edge, outcome Outcome, took time.Duration) {
	if f.visit.Observer == nil {
		return
	}
	seen := outcome
	if edge.Alike {
		seen = Answered
	}
	f.visit.Observer.Stepped(f.Name, string(f.at), string(seen), took)
	if by, was := throttles[outcome]; was {
		f.visit.reportThrottle(by)
	}
}

// StillWaiting returns a function that reports whether the step still waits for something
// elsewhere, and the visitor may: until then submitting changes nothing. It can be
// called again and again beside whatever the visitor does meanwhile.
func (f *Flow) StillWaiting() func(context.Context) (still bool, err error) {
	step, visit, deadline := f.Step(), *f.visit, f.deadline
	return func(ctx context.Context) (still bool, err error) {
		if step.Pending == nil || !visit.Clock.RealNow().Before(deadline) {
			return false, nil
		}
		err = visit.Store.View(ctx, func(tx *store.Tx) error {
			still = visit.loginStillValid(tx) && step.Pending(tx)
			return nil
		})
		return still, err
	}
}

// Abandon notes that the visitor left for good, where others go on with what the step
// began: they are told by it that nobody waits any more.
func (f *Flow) Abandon(ctx context.Context) error {
	step := f.Step()
	if step.OnLeave == nil {
		return nil
	}
	err := f.visit.Store.Update(ctx, func(tx *store.Tx) error {
		step.OnLeave(tx)
		f.recordOutcome(tx, Abandoned)
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: leave %q: %w", f.Name, f.at, err)
	}
	return nil
}

// abandoned is the outcome of a step that the visitor leaves for good.
const Abandoned Outcome = "visitor left"

// padNeutral waits until an answer that began then has taken so long, and up to a fifth
// of that more by chance: a timer is late by a little that depends on how
// long it was set for, and so on the work that went before. The answer is
// committed, so that a visitor who leaves meanwhile is no error.
func padNeutral(ctx context.Context, d *desk.Desk, began time.Time, takes time.Duration) {
	if more, err := rand.Int(d.Random, big.NewInt(max(int64(takes)/5, 1))); err == nil {
		takes += time.Duration(more.Int64())
	}
	_ = d.Clock.Wait(ctx, takes-d.Clock.RealNow().Sub(began))
}

// acceptAll gives every answer to its field, and reports all that must be mended.
func acceptAll(fields []Field, answers map[string]string) error {
	var problems []Problem
	for _, field := range fields {
		if why := field.accept(answers[field.Name]); why != nil {
			problems = append(problems, Problem{field.Name, *why})
		}
	}
	if problems != nil {
		return &Invalid{problems}
	}
	return nil
}

// do is the one transaction of a step: throttle, work, verdict and audit entry
// commit together or not at all (X1).
func (f *Flow) do(ctx context.Context, step Step) (edge Edge, outcome Outcome, err error) {
	err = f.visit.Store.Update(ctx, func(tx *store.Tx) error {
		if f.at == f.Start {
			f.About = f.visit.customer // whom an earlier answer was about says nothing of this one
		}
		if tx.Watch(); !f.visit.loginStillValid(tx) {
			edge, outcome = Edge{To: VisitEnded, OnCommit: f.visit.forgetCustomer}, Outcome(LoginRevoked)
			f.recordOutcome(tx, outcome)
			return nil
		}
		var shut bool
		if outcome, shut = f.visit.checkThrottle(tx, step); !shut {
			if outcome, err = step.Do(tx); err != nil {
				return err
			}
		}
		var known bool
		if edge, known = step.Next[outcome]; !known {
			return fmt.Errorf("%s: no edge from %q for outcome %q", f.Name, f.at, outcome)
		}
		f.visit.recordVerdict(tx, step, edge.Verdict)
		f.recordOutcome(tx, outcome)
		if !edge.AtOnce {
			tx.EvenOut(step.Keys)
		}
		return nil
	})
	return edge, outcome, err
}

// recordOutcome notes in the audit log what came of the step.
func (f *Flow) recordOutcome(tx *store.Tx, o Outcome) {
	tx.RecordAudit(store.AuditEntry{
		Terminal: f.visit.Terminal, Visit: f.visit.ID, Customer: desk.IDUnlessErased(tx, f.About),
		Flow: f.Name, Step: string(f.at), Outcome: string(o),
	})
}

// Extend gives the visitor as long again for the step that they are at, because they asked
// for more time.
func (f *Flow) Extend() { f.deadline = f.visit.Clock.RealNow().Add(f.visit.Settings.Visit) }

// followEdge moves along e. Coming back to the same step does not renew its time.
func (f *Flow) followEdge(e Edge) {
	if e.OnCommit != nil {
		e.OnCommit()
	}
	if e.To != f.at {
		f.Extend()
	}
	f.at, f.note, f.noted = e.To, e.Note, e.Field
	f.settle()
}

// settle keeps what an end says as it was when the flow came to it: the day by which a letter
// comes does not move with the clock.
func (f *Flow) settle() {
	step := f.Step()
	if step.Do != nil || step.Body == nil {
		return
	}
	step.Body = text.TextFunc(step.Body())
	f.Steps[f.at] = step
}

// throttles are those that are outcomes too.
var throttles = map[Outcome]desk.Throttle{TooSoon: desk.TooSoon, Paused: desk.Paused}
