package servicedesk

import (
	"context"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// An operatorAct is a flow of one step, by which an operator does something for the customer whose card is
// open. Each outcome has an ending of its own.
type operatorAct struct {
	title   text.Text
	body    func() text.Text
	fields  []flow.Field                                 // fields are the fields besides the one that asks for the reason.
	prepare func(context.Context) error                  // prepare is the slow work before the transaction; it may be nil.
	do      func(*store.Tx, store.Customer) flow.Outcome // do does the act for the customer whose card is open.
	endings map[flow.Outcome]actEnding
}

// An actEnding is the step after an outcome of an act.
type actEnding struct {
	title        text.Text
	body         func() text.Text // body is the text below the title; it may be nil.
	activityText text.Text        // activityText is the text in the customer's recent activity.
}

// stateAskFields is the first step of every act.
const stateAskFields flow.State = "ask"

// beginActFlow begins the act as the flow of a place.
func (a operatorAct) beginActFlow(v *flow.Visit, here place.ID) *flow.Flow {
	return a.newActFlow(v, here).Begin(v)
}

// newActFlow returns the table of the act.
func (a operatorAct) newActFlow(v *flow.Visit, here place.ID) *flow.Flow {
	f := &flow.Flow{Name: string(here), Start: stateAskFields, Steps: map[flow.State]flow.Step{}}
	for outcome, end := range a.endings {
		f.Steps[flow.State(outcome)] = flow.Step{Title: text.TextFunc(end.title), Body: end.body, Offers: []place.ID{place.Card, place.Home}}
	}
	f.Steps[stateAskFields] = a.newActStep(v, f)
	return f
}

// newActStep returns the step of f that asks, and does the act.
func (a operatorAct) newActStep(v *flow.Visit, f *flow.Flow) flow.Step {
	reason := ""
	step := flow.Step{
		Title: text.TextFunc(a.title), Body: a.body, Fields: append(a.fields, reasonField(&reason)), Prepare: a.prepare,
		Do: func(tx *store.Tx) (flow.Outcome, error) {
			customer, _ := tx.Customer(v.OpenCardCustomer())
			f.AuditNote = reason
			return a.do(tx, customer), nil
		},
		Next: map[flow.Outcome]flow.Edge{},
	}
	for outcome, end := range a.endings {
		step.Next[outcome] = flow.Edge{To: flow.State(outcome), ActivityText: end.activityText}
	}
	return step
}

// These outcomes are common to several acts.
const (
	outcomeNoAccount     flow.Outcome = "the customer has no account"
	outcomeInactive      flow.Outcome = "blocked or gone, nothing sent"
	outcomeFactUnchanged flow.Outcome = "as it was"
)

var (
	noAccountEnding = actEnding{
		title: text.New("Deze klant heeft geen account", "This customer has no account"),
		body:  text.NewFunc("Stuur een activatienummer. Daarmee maakt de klant een account.", "Send an activation number. The customer makes an account with it."),
	}
	inactiveEnding = actEnding{
		title: text.New("Er is niets verstuurd", "Nothing was sent"),
		body:  text.NewFunc("De klant is geblokkeerd, overleden of geen klant meer. Dan sturen we niets waarmee iemand binnenkomt.", "The customer is blocked, deceased or no customer any more. Then we send nothing by which somebody gets in."),
	}
	unchangedEnding = actEnding{title: text.New("Dit hadden we al", "We had this already"), body: text.NewFunc("Er is niets veranderd.", "Nothing has changed.")}
)
