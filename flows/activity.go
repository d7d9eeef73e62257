package flows

import (
	"context"
	"slices"
	"time"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/operator"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// AccountEvent is something that happened to a customer's account, in plain words.
type AccountEvent struct {
	At       time.Time
	Text     text.Text
	Terminal string // Terminal is the name of the terminal where the event happened.
}

// UnfamiliarEventAdvice tells customers what to do about an event that they did not cause.
var UnfamiliarEventAdvice = text.New(
	"Staat er iets bij wat jij niet deed? Verander dan je wachtwoord en neem contact met ons op.",
	"Is there anything here that you did not do? Then change your password and contact us.",
)

// TerminalText returns the name of a terminal as customers see it, such as "terminal Utrecht 1".
func TerminalText(name string) text.Text { return text.SameInBoth("terminal " + name) }

// maxEvents is the largest number of events that a customer can see.
const maxEvents = 50

// LoadRecentActivity returns the latest events of the logged-in customer's account, newest first. The events come from the audit log.
func LoadRecentActivity(ctx context.Context, v *flow.Visit) (events []AccountEvent, err error) {
	if !v.LoggedIn() {
		return nil, errNotLoggedIn
	}
	edges := collectFlowEdges(v.Desk)
	err = v.ReadAsCustomer(ctx, func(tx *store.Tx) error {
		events = nil
		for e := range tx.CustomerActivity(v.Customer()) {
			if eventText := edges.activityText(e); eventText != (text.Text{}) {
				events = append(events, AccountEvent{e.At, eventText, e.Terminal})
			}
		}
		return nil
	})
	slices.Reverse(events)
	return events[:min(len(events), maxEvents)], err
}

// edgesByOutcome maps the outcomes of steps to their edges, of all flows.
type edgesByOutcome map[outcomeKey]flow.Edge

// outcomeKey is an outcome of a step of a flow.
type outcomeKey struct{ flow, step, outcome string }

// collectFlowEdges collects the edges from the tables of all flows.
func collectFlowEdges(d *desk.Desk) edgesByOutcome {
	all := edgesByOutcome{}
	for _, p := range slices.Concat(FlowPlaces(), ServiceFlowPlaces()) {
		f := p.Begin(flow.NewVisit(d))
		for at, step := range f.Steps {
			for outcome, edge := range step.Next {
				all[outcomeKey{f.Name, string(at), string(outcome)}] = edge
			}
		}
	}
	return all
}

// activityText returns the text that a customer reads about an audit entry. It is empty if the entry is not for customers.
func (t edgesByOutcome) activityText(e store.AuditEntry) text.Text {
	if e.Flow == flow.VisitEndFlow {
		return flow.LogOutText(e)
	}
	if eventText := operator.OperatorActivityText(e); eventText != (text.Text{}) {
		return eventText
	}
	return t[outcomeKey{e.Flow, e.Step, e.Outcome}].ActivityText
}

// ListCustomerEvents returns every event that the audit log has about a customer, newest first, for a customer who asks which data is
// kept. An event that recent activity does not show appears under the name of its flow. The names of operators are left out.
func ListCustomerEvents(tx *store.Tx, d *desk.Desk, id store.CustomerID) (all []AccountEvent) {
	edges := collectFlowEdges(d)
	for e := range tx.CustomerActivity(id) {
		says, where := edges.activityText(e), e.Terminal
		if where == store.AuditOperator || where == store.AuditCourier {
			where = ""
		}
		if says == (text.Text{}) {
			says = eventName(e)
		}
		all = append(all, AccountEvent{e.At, withNote(says, e), where})
	}
	slices.Reverse(all)
	return all
}

// eventName returns a name for an audit entry that has no activity text: the name of its place, what became of a message, or that a
// member of staff did it.
func eventName(e store.AuditEntry) text.Text {
	if p := PlaceAt(place.ID(e.Flow)); p.Begin != nil && e.Operator == "" {
		return p.Name
	}
	if e.Flow == store.AuditOperator && e.Outcome == operator.OutcomeCustomerViewed || e.Flow == string(place.FindCustomer) {
		return text.New("Een medewerker bekeek je gegevens", "One of our staff looked at your data")
	}
	if e.Flow == store.AuditCourier && e.Outcome == string(desk.MessageWithdrawn) {
		return text.New("Een bericht aan je is niet verstuurd", "A message to you was not sent")
	}
	if e.Flow == store.AuditCourier {
		return text.New("Een bericht aan je ging naar je nieuwe adres", "A message to you went to your new address")
	}
	return text.New("Een medewerker werkte aan je gegevens", "One of our staff worked on your data")
}
