package flow

import (
	"context"
	"time"

	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// State is the name of a step. Outcome is the result of answering it.
type (
	State   string
	Outcome string
)

// OutcomePending is the outcome of a step that still waits for an event elsewhere.
const OutcomePending Outcome = "waiting"

// A Step says something, asks something and, once answered, does something.
// A step without Do ends the flow.
type Step struct {
	Title               func() text.Text // the heading
	Body                func() text.Text // what the visitor must know before answering; may be nil
	Fields              []Field
	ThrottleKey         func() string                    // by which guesses are throttled; nil if nothing can be guessed: see throttle.go
	ThrottlePerTerminal bool                             // wrong answers at one terminal delay nobody at another
	Prepare             func(context.Context) error      // slow work before the transaction; may not decide anything
	Do                  func(*store.Tx) (Outcome, error) // the work itself; runs again if the transaction conflicts
	IsNeutral           bool                             // all outcomes take the same time (X2), except over an edge with SkipsDelay
	MinKeys             store.KeyCounts                  // with IsNeutral: the least number of keys that every outcome touches
	Next                map[Outcome]Edge
	Switch              *Switch    // to other fields, for visitors whom these do not fit; may be nil
	Offers              []place.ID // where the visitor can go from here, best first
	RetryPlace          place.ID   // at an end: where the visitor can try again; "" for nowhere
	AutoSubmit          bool       // the screen submits the step at once or, at an end, goes to the first offer

	// For a step that waits for an event elsewhere:
	PhoneAccess func() PhoneAccess   // what the visitor needs for it
	IsPending   func(*store.Tx) bool // reports whether the event is still to come: then submitting changes nothing
	PollEvery   time.Duration        // time between two submissions by the screen

	OnLeave func(*store.Tx) // undoes what the step began when the visitor leaves for good; may be nil
}

// An Edge leads to the next step. It can have a note to show there.
type Edge struct {
	To                  State
	Note                func() text.Text
	Field               string    // the name of the field that the note is about; "" if it is about the whole step
	Verdict             Verdict   // on the answer, for the throttle
	SkipsDelay          bool      // the answer is not delayed: its outcome need not be hidden
	IsIndistinguishable bool      // one of several outcomes that must not be told apart: metrics count them as one
	OnCommit            func()    // changes the visit after the commit; may be nil
	LogsIn              bool      // OnCommit logs a customer in
	ActivityText        text.Text // what the customer reads in their recent activity; empty for nothing
}

// A Switch has a step ask for other fields. Visitors choose it as they choose an offer, below
// those.
type Switch struct {
	Name text.Text
	Do   func() // puts a step in place of this one that asks for them
}

// A PhoneAccess is what a visitor needs to open the page of the desk on their phone.
type PhoneAccess struct {
	URL         string // for a QR code
	Address     string // to type
	Code        string // to type on the page
	MatchNumber string // to find among others on the phone; empty if the phone shows the number
	Until       time.Time
}

// Steps that every flow has: for a visitor who was too slow, and for a customer whose password
// or phone was changed elsewhere.
const (
	StateTimeUp    State = "visit over"
	StateLoggedOut State = "visit ended"
)

// Verdict says whether an answer was right, for the throttle.
type Verdict int

const (
	VerdictNone          Verdict = iota
	VerdictWrong                 // counts as a guess at the subject of the step
	VerdictTerminalWrong         // counts as a guess at the terminal, and not at the subject
	VerdictRight                 // clears the count of the subject
)

// Outcomes of the throttle, for every step with a ThrottleKey.
const (
	OutcomeTooSoon Outcome = "too soon after a wrong answer"
	OutcomePaused  Outcome = "terminal pauses after many wrong answers"
)
