package operator_test

import (
	"context"
	"testing"

	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/flows/passkey/passkeytest"
	"loket/flows/text"
	"loket/store"
)

// TestBreaks tests that the operator gets the errors of the store.
func TestBreaks(t *testing.T) {
	for name, test := range map[string]struct {
		whole bool
		do    func(context.Context, *desk.Desk) error
	}{
		"issue": {true, func(ctx context.Context, d *desk.Desk) error {
			_, err := operator.IssueNumber(ctx, d, operator.NumberIssue{Customer: "K01", Application: "A01", SendToCustomer: true})
			return err
		}},
		"revoke": {true, func(ctx context.Context, d *desk.Desk) error {
			_, err := operator.RevokeNumber(ctx, d, "K01", "A01")
			return err
		}},
		"unlock": {true, func(ctx context.Context, d *desk.Desk) error {
			_, err := operator.UnlockAccount(ctx, d, "K06")
			return err
		}},
		"report": {true, func(ctx context.Context, d *desk.Desk) error {
			_, err := operator.ReportCustomer(ctx, d, "K06")
			return err
		}},
		"view": {true, func(ctx context.Context, d *desk.Desk) error {
			return operator.RecordViewedCustomers(ctx, d, "customer show", "K06")
		}},
		"unpair": {true, func(ctx context.Context, d *desk.Desk) error { return operator.UnpairPhone(ctx, d, "K06", "Nokia") }},
		"erase": {false, func(ctx context.Context, d *desk.Desk) error {
			_, err := operator.EraseCustomer(ctx, d, "K06")
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			flowtest.FailEachCall(t, test.whole, func() (*flowtest.Desk, func() error) {
				d := flowtest.New(t)
				d.PairPhone(t, passkeytest.New(), "ohoeve", "Nokia")
				return d, func() error { return test.do(t.Context(), d.Desk) }
			})
		})
	}
}

// TestTold tests what a customer reads about what was done for them.
func TestTold(t *testing.T) {
	for e, want := range map[store.AuditEntry]string{
		{Flow: "number", Step: "issue", Outcome: "issued"}:                        "We made an activation number for you",
		{Flow: "number", Step: "issue", Outcome: "issued and sent"}:               "We sent you an activation number",
		{Flow: "number", Step: "revoke", Outcome: "revoked"}:                      "We withdrew an activation number",
		{Flow: "operator", Step: "customer unlock", Outcome: "unlocked"}:          "We lifted the block after wrong answers",
		{Flow: "operator", Step: "customer unlock", Outcome: "nothing to unlock"}: "",
		{Flow: "operator", Step: "customer show", Outcome: "looked"}:              "",
		{Flow: "operator", Step: "import", Outcome: "changed email"}:              "We changed your e-mail address",
		{Flow: "operator", Step: "import", Outcome: "changed phone"}:              "We changed your telephone number",
		{Flow: "operator", Step: "import", Outcome: "changed language"}:           "We changed the language of your messages",
		{Flow: "operator", Step: "import", Outcome: "asked for"}:                  "",
		{Flow: "log in", Step: "import", Outcome: "changed email"}:                "",
		{Flow: "log in", Step: "ask credentials", Outcome: "issued"}:              "",
		{Flow: "number", Step: "issue", Outcome: "unlocked"}:                      "",
	} {
		if got := operator.OperatorActivityText(e); got.EN != want || (got.NL == "") != (want == "") {
			t.Errorf("of %s, %s is told %q", e.Flow, e.Outcome, got)
		}
	}
	for _, fact := range store.SharedFacts {
		e := store.AuditEntry{Flow: "operator", Step: "import", Outcome: "changed " + fact.Name}
		if operator.OperatorActivityText(e) == (text.Text{}) {
			t.Errorf("nothing is told of an import that changed %s", fact.Name)
		}
	}
}
