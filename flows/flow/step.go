package flow

import (
	"context"
	"time"

	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// State is the name of a step. Outcome is the result of submitting a step.
type (
	State   string
	Outcome string
)

// OutcomePending is the outcome of a step that is still waiting for an event elsewhere.
const OutcomePending Outcome = "waiting"

// A Step shows a text, asks for fields and, once it is submitted, does something. A step without Do ends the flow.
type Step struct {
	Title  func() text.Text // Title is the heading.
	Body   func() text.Text // Body tells visitors what they must know before answering; it may be nil.
	Fields []Field
	// ThrottleKey returns the key that counts wrong answers; it is nil if visitors cannot guess anything. See throttle.go.
	ThrottleKey func() string
	// ThrottleSubjects returns further keys that count wrong answers; it may be nil. A right answer clears none of these counts,
	// because it need not be about the same subject. See subjectCountPeriod.
	ThrottleSubjects func() []string
	// ThrottlePerTerminal means that wrong answers at one terminal do not delay answers at other terminals.
	ThrottlePerTerminal bool
	// Prepare does slow work before the transaction. It must not decide on the outcome.
	Prepare func(context.Context) error
	// Do does the work in a transaction; it runs again if the transaction conflicts with another.
	Do         func(*store.Tx) (Outcome, error)
	IsNeutral  bool            // IsNeutral means that all outcomes take the same time (X2), except over an edge with SkipsDelay.
	MinKeys    store.KeyCounts // MinKeys is the smallest number of keys that every outcome of a neutral step touches.
	Next       map[Outcome]Edge
	Switches   []FieldSwitch
	Offers     []place.ID // Offers are the places where the visitor can go from here, best first.
	RetryPlace place.ID   // RetryPlace is the place where visitors can try again after the flow has ended; it may be "".
	// AutoSubmit means that the screen submits the step at once or, at the end of a flow, goes to the first offer.
	AutoSubmit bool

	// The fields below are for a step that waits for an event elsewhere, such as an answer from a phone.

	PhoneAccess func() PhoneAccess // PhoneAccess returns what the visitor needs to open the page on a phone.
	// IsPending reports whether the event has not happened yet, so that submitting changes nothing.
	IsPending func(*store.Tx) bool
	// IsExtendable reports whether submitting makes the wait longer, because the visitor has chosen more time; it may be nil.
	IsExtendable func() bool
	PollEvery    time.Duration // PollEvery is the time between two submissions by the screen.

	OnLeave func(*store.Tx) // OnLeave undoes what the step has begun, when the visitor leaves for good; it may be nil.
}

// An Edge leads from an outcome to the next step. It can have a note to show at that step.
type Edge struct {
	To                  State
	Note                func() text.Text
	Field               string        // Field is the name of the field that the note is about; "" if the note is about the whole step.
	Verdict             AnswerVerdict // Verdict is the verdict on the answer, for the throttle.
	SkipsDelay          bool          // SkipsDelay means that the answer is not delayed, because its outcome need not be hidden.
	IsIndistinguishable bool          // IsIndistinguishable marks outcomes that must not be told apart; metrics count them as one.
	OnCommit            func()        // OnCommit changes the visit after the commit; it may be nil.
	LogsIn              bool          // LogsIn means that OnCommit logs a customer in.
	ActivityText        text.Text     // ActivityText is the text in the customer's recent activity; empty means no text.
}

// A FieldSwitch lets visitors choose another form of a step, such as one with other fields. Screens show the switches of a step
// below its offers.
type FieldSwitch struct {
	Name text.Text
	Do   func() // Do replaces the current step by its other form.
}

// A PhoneAccess has what visitors need to open the page of the desk on their phones.
type PhoneAccess struct {
	URL         string // URL is the address in the QR code.
	Address     string // Address is the address for visitors to type.
	Code        string // Code is the code for visitors to type on the page.
	MatchNumber string // MatchNumber is the number to find among others on the phone; "" if the phone shows the number itself.
	Until       time.Time
}

// Final states of every flow: one for visitors who were too slow, and one for customers whose password or phone was changed
// elsewhere.
const (
	StateTimeUp    State = "visit over"
	StateLoggedOut State = "visit ended"
)

// AnswerVerdict says whether an answer was right, for the throttle.
type AnswerVerdict int

const (
	VerdictNone            AnswerVerdict = iota
	VerdictWrong                         // VerdictWrong counts as a guess at the subject of the step.
	VerdictWrongAtTerminal               // VerdictWrongAtTerminal counts as a guess at the terminal, but not at the subject.
	VerdictRight                         // VerdictRight clears the count of the subject.
)

// Outcomes of the throttle, for every step with a ThrottleKey.
const (
	OutcomeTooSoon Outcome = "too soon after a wrong answer"
	OutcomePaused  Outcome = "terminal pauses after many wrong answers"
)
