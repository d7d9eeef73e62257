package flows

import (
	"slices"
	"testing"

	"loket/flows/clock"
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// unremarkable lists outcomes that do not appear in the recent activity of customers, because the customers saw them on the
// screen, or because another entry follows.
var unremarkable = []flow.Outcome{
	flow.OutcomeTooSoon, flow.OutcomePaused, "not known, nothing sent", "blocked or gone, nothing sent", "same as before", "as it was", "temporary password replaced meanwhile", "used or expired meanwhile", "username taken", "got an account meanwhile", "for an account that is there already", "the address that is known already", "asked for too many codes today", "no code that works", "asked too often today, nothing sent",
	"right, but somebody else's account", "customer asked too often today", "terminal asked too often today", flow.Outcome(flow.ReasonLoginRevoked),
	"phone called", flow.OutcomePending, "nobody waits any more", flow.OutcomeAbandoned, "as many phones as there can be", "phone was paired already", "has phones", "has no phones", "answers that showed nothing", "phone not paired", "passkey made", "answered already", "phone is not there any more",
}

// TestHappened tests that every outcome either has a text for the recent activity or is listed as unremarkable.
func TestHappened(t *testing.T) {
	app, err := desk.NewPhoneApp("https://app.example.org")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk.Desk{Clock: clock.New(), Settings: desk.DefaultSettings(), App: app}
	for _, known := range FlowPlaces() {
		f := known.Begin(flow.NewVisit(d))
		for state, step := range f.Steps {
			for o, edge := range step.Next {
				told := edge.ActivityText != (text.Text{})
				if told && (edge.ActivityText.NL == "" || edge.ActivityText.EN == "") {
					t.Errorf("%s, %s: %q is not told in both languages", f.Name, state, o)
				}
				if !told && !slices.Contains(unremarkable, o) && !slices.Contains(unsaidOf[known.ID], o) {
					t.Errorf("%s, %s: whether a customer is told of %q is not decided", f.Name, state, o)
				}
			}
		}
	}
	for _, e := range []store.AuditEntry{
		{Flow: "visit", Step: "logged in", Outcome: "logged out"},
		{Flow: "visit", Step: "logged in", Outcome: "idle for too long"},
		{Flow: "visit", Step: "logged in", Outcome: "at its longest"},
		{Flow: "visit", Step: "logged in", Outcome: "terminal gone"},
		{Flow: "visit", Step: "logged in", Outcome: "login changed elsewhere"},
		{Flow: "number", Step: "issue", Outcome: "issued"},
		{Flow: "number", Step: "issue", Outcome: "issued and sent"},
		{Flow: "number", Step: "revoke", Outcome: "revoked"},
		{Flow: "operator", Step: "customer unlock", Outcome: "unlocked"},
		{Flow: "operator", Step: "customer activate", Outcome: "account opened"},
		{Flow: "operator", Step: "import", Outcome: "customer blocked"},
		{Flow: "operator", Step: "import", Outcome: "customer active again"},
	} {
		if says := collectFlowEdges(d).activityText(e); says.NL == "" || says.EN == "" {
			t.Errorf("%v is not told in both languages", e)
		}
	}
	if says := collectFlowEdges(d).activityText(store.AuditEntry{Flow: "operator", Step: "customer show", Outcome: "looked"}); says != (text.Text{}) {
		t.Errorf("it is told that an operator looked: %q", says)
	}
}

// unsaidOf lists more outcomes without a text for the recent activity, by flow.
var unsaidOf = map[place.ID][]flow.Outcome{
	place.Activate:        {credentials.OutcomeWrong, credentials.OutcomeTemporaryRight, credentials.OutcomeTemporaryExpired, credentials.OutcomePasswordDisabled, credentials.OutcomeCustomerBlocked},
	place.AddProduct:      {credentials.OutcomeWrong},
	place.ChangeUsername:  {credentials.OutcomePasswordDisabled},
	place.ChangePassword:  {credentials.OutcomePasswordDisabled},
	place.ChangeEmail:     {credentials.OutcomePasswordDisabled},
	place.ChangeTelephone: {credentials.OutcomePasswordDisabled},
	place.LogInWithApp:    {"declined", "wrong number", credentials.OutcomeTemporaryExpired, "phone of somebody who is blocked or gone"},
	place.ApproveOnPhone:  {"approved", "declined", credentials.OutcomeTemporaryExpired, "unknown code"},
	place.PairPhone:       {credentials.OutcomePasswordDisabled, credentials.OutcomeTemporaryExpired},
	place.RegisterOnPhone: {"answer to another challenge", "answer from another page", "holder of the phone not verified", "answer does not hold", credentials.OutcomeTemporaryExpired},
	place.PairedPhones:    {credentials.OutcomePasswordDisabled},
}
