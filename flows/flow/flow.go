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

// State names the step a visitor is at, and Outcome what came of answering it.
type (
	State   string
	Outcome string
)

// Every flow goes to these steps: when the visitor is too slow, and when what they
// logged in with changed elsewhere.
const (
	VisitOver  State = "visit over"
	VisitEnded State = "visit ended"
)

// Pending is the outcome of a step that still waits for something elsewhere.
const Pending Outcome = "waiting"

// A Step says something, asks something and, once answered, does something.
// A step without Do ends the flow.
type Step struct {
	Title       func() text.Text // the heading
	Body        func() text.Text // what to know before answering; may be nil
	Fields      []Field
	ThrottleKey func() string                    // what could be guessed at here, if anything: see throttle.go
	Prepare     func(context.Context) error      // slow work before the transaction; may not decide anything
	Do          func(*store.Tx) (Outcome, error) // the work itself; may run again if the transaction conflicts
	Neutral     bool                             // its outcomes take the same time (X2)
	Next        map[Outcome]Edge
	Offers      []place.ID // where the visitor can sensibly go from here, best first
	AutoSubmit  bool       // there is nothing to stop for: submit at once or, at an end, go to the first offer

	// Of a step that waits for something elsewhere:
	Scan      func() Scan          // what the visitor needs for it
	Pending   func(*store.Tx) bool // whether it is still to come: then submitting changes nothing
	PollEvery time.Duration        // submit again so long after the last time

	OnLeave func(*store.Tx) // what to undo when the visitor leaves for good; may be nil
}

// An Edge leads to the next step, perhaps with a note to show there.
type Edge struct {
	To       State
	Note     func() text.Text
	Verdict  Verdict   // on the answer, for the throttle
	OnCommit func()    // what changes for the visit once the step is committed; may be nil
	Told     text.Text // what the customer reads of it in their recent activity; empty if that is nothing
}

// A Flow is one visitor's walk through a table of steps.
type Flow struct {
	Name  string
	Start State
	Steps map[State]Step
	About store.CustomerID // whom it turned out to be about, for the audit log alone

	visit    *Visit
	at       State
	note     func() text.Text
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

// Set puts a step into the table, or another one in its place, when what it asks
// depends on what the visitor came to.
func (f *Flow) Set(at State, step Step) {
	f.Steps[at] = step
	f.guard()
}

// At names the step where the visitor is.
func (f *Flow) At() State { return f.at }

// Step is the step where the visitor is.
func (f *Flow) Step() Step { return f.Steps[f.at] }

// Note is what to say about the answer before, or nil.
func (f *Flow) Note() func() text.Text { return f.note }

// Ended tells whether there is nothing more to answer.
func (f *Flow) Ended() bool { return f.Step().Do == nil }

// Submit answers the current step and, once its effect is committed, moves on.
// After an error nothing has changed; if it is an *Invalid, the visitor can
// mend the answers.
func (f *Flow) Submit(ctx context.Context, answers map[string]string) error {
	step := f.Step()
	if step.Do == nil {
		return fmt.Errorf("%s: %q is the end", f.Name, f.at)
	}
	if !f.visit.Clock.Unmoved().Before(f.deadline) {
		f.follow(Edge{To: VisitOver})
		return nil
	}
	switch still, err := f.Waiting()(ctx); {
	case err != nil:
		return err
	case still:
		f.follow(step.Next[Pending])
		return nil
	}
	if err := acceptAll(step.Fields, answers); err != nil {
		return err
	}
	if err := f.slowDown(ctx, step); err != nil {
		return err
	}
	began := f.visit.Clock.Unmoved() // after a wait that is no part of a neutral answer's time
	if step.Prepare != nil {
		if err := step.Prepare(ctx); err != nil {
			return fmt.Errorf("%s: prepare %q: %w", f.Name, f.at, err)
		}
	}
	edge, outcome, err := f.do(ctx, step)
	if err != nil {
		return err
	}
	f.observe(outcome, f.visit.Clock.Unmoved().Sub(began))
	f.follow(edge)
	if step.Neutral {
		padAnswer(ctx, f.visit.Desk, began)
	}
	return nil
}

// Waiting gives what tells whether the step still waits for something elsewhere, as
// long as the visitor may: until then submitting changes nothing. It can be asked
// again and again beside whatever the visitor does meanwhile, which it knows nothing of.
func (f *Flow) Waiting() func(context.Context) (still bool, err error) {
	step, visit, deadline := f.Step(), *f.visit, f.deadline
	return func(ctx context.Context) (still bool, err error) {
		if step.Pending == nil || !visit.Clock.Unmoved().Before(deadline) {
			return false, nil
		}
		err = visit.Store.View(ctx, func(tx *store.Tx) error {
			still = visit.valid(tx) && step.Pending(tx)
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
		f.record(tx, Abandoned)
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: leave %q: %w", f.Name, f.at, err)
	}
	return nil
}

// abandoned is the outcome of a step that the visitor leaves for good.
const Abandoned Outcome = "visitor left"

// padAnswer waits until an answer that began then has taken its Neutral time, and
// up to a fifth more by chance: a timer is late by a little that depends on how
// long it was set for, and so on the work that went before. The answer is
// committed, so that a visitor who leaves meanwhile is no error.
func padAnswer(ctx context.Context, d *desk.Desk, began time.Time) {
	takes := d.Settings.Neutral
	if more, err := rand.Int(d.Random, big.NewInt(max(int64(takes)/5, 1))); err == nil {
		takes += time.Duration(more.Int64())
	}
	_ = d.Clock.Wait(ctx, takes-d.Clock.Unmoved().Sub(began))
}

// acceptAll gives every answer to its field, and reports all that must be mended.
func acceptAll(fields []Field, answers map[string]string) error {
	var problems []Problem
	for _, field := range fields {
		if why := field.take(answers[field.Name]); why != nil {
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
		if !f.visit.valid(tx) {
			edge, outcome = Edge{To: VisitEnded, OnCommit: f.visit.endSession}, Outcome(ShutOut)
			f.record(tx, outcome)
			return nil
		}
		var shut bool
		if outcome, shut = f.throttle(tx, step); !shut {
			if outcome, err = step.Do(tx); err != nil {
				return err
			}
		}
		var known bool
		if edge, known = step.Next[outcome]; !known {
			return fmt.Errorf("%s: no edge from %q for outcome %q", f.Name, f.at, outcome)
		}
		f.keepVerdict(tx, step, edge.Verdict)
		f.record(tx, outcome)
		return nil
	})
	return edge, outcome, err
}

// record notes in the audit log what came of the step.
func (f *Flow) record(tx *store.Tx, o Outcome) {
	tx.Record(store.AuditEntry{
		Terminal: f.visit.Terminal, Visit: f.visit.ID, Customer: desk.StillKnown(tx, f.About),
		Flow: f.Name, Step: string(f.at), Outcome: string(o),
	})
}

// follow moves along e. Coming back to the same step does not renew its time.
func (f *Flow) follow(e Edge) {
	if e.OnCommit != nil {
		e.OnCommit()
	}
	if e.To != f.at {
		f.deadline = f.visit.Clock.Unmoved().Add(f.visit.Settings.Visit)
	}
	f.at, f.note = e.To, e.Note
}

// A Scan is what a visitor needs to come to the desk with their phone.
type Scan struct {
	URL     string // for a QR code
	Address string // to type
	Code    string // to type there
	Number  string // to find again on the phone; none if it is the phone that shows one
	Until   time.Time
}
