package flows_test

import (
	"context"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
)

// TestBreaks tests that no flow moves on and nothing changes if the store or the hasher fails.
func TestBreaks(t *testing.T) {
	for name, test := range map[string]struct {
		// username and password are those of the logged-in customer; they are empty if nobody is logged in.
		username, password string
		begin              func(*flow.Visit) *flow.Flow
		answers            []string
	}{
		"activate":           {"", "", flows.Activate, []string{"number", "481600000001", "birth date", "29-2-1988", "postcode", "3511AB"}},
		"forgotten password": {"", "", flows.ForgottenPassword, []string{"username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG"}},
		"forgotten username": {"", "", flows.ForgottenUsername, []string{"birth date", "1-2-1950", "postcode", "3522AP", "house number", "14", "product number", "RV-14"}},
		"request number":     {"", "", flows.RequestNumber, []string{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6"}},
		"request account":    {"", "", flows.RequestAccount, []string{"birth date", "1-2-1950", "postcode", "3522AP", "house number", "14"}},
		"add product":        {"ohoeve", "Eigen-huis12", flows.AddProduct, []string{"number", "481600000006"}},
		"change username":    {"ohoeve", "Eigen-huis12", flows.ChangeUsername, []string{"username", "iemand.anders", "password", "Eigen-huis12"}},
		"change password":    {"ohoeve", "Eigen-huis12", flows.ChangePassword, []string{"password", "Eigen-huis12", "new", "Nieuw-huis-34", "again", "Nieuw-huis-34"}},
		"change e-mail":      {"ohoeve", "Eigen-huis12", flows.ChangeEmail, []string{"e-mail", "nieuw@example.org", "password", "Eigen-huis12"}},
		"change telephone":   {"ohoeve", "Eigen-huis12", flows.ChangeTelephone, []string{"telephone", "0612345678", "password", "Eigen-huis12"}},
		"change language":    {"ohoeve", "Eigen-huis12", flows.ChangeLanguage, []string{"language", "en"}},

		"change letter print": {"ohoeve", "Eigen-huis12", flows.ChangeLetterPrint, []string{"print", "large"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := flowtest.New(t)
			v := flow.NewVisit(d.Desk)
			if test.username != "" {
				v = d.LogIn(t, test.username, test.password).Visit()
			}
			flowtest.FailEachStepCall(t, d, func() *flow.Flow { return test.begin(v) }, test.answers...)
		})
	}
}

// TestReads tests that only a logged-in customer sees their data, and that errors of the store are returned.
func TestReads(t *testing.T) {
	d := flowtest.New(t)
	out, in := flow.NewVisit(d.Desk), d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	for name, read := range map[string]func(context.Context, *flow.Visit) error{
		"overview": func(ctx context.Context, v *flow.Visit) error {
			_, err := flows.LoadProductOverview(ctx, v)
			return err
		},
		"details": func(ctx context.Context, v *flow.Visit) error {
			_, err := flows.LoadCustomerDetails(ctx, v)
			return err
		},
		"activity": func(ctx context.Context, v *flow.Visit) error { _, err := flows.LoadRecentActivity(ctx, v); return err },
	} {
		if err := read(t.Context(), out); err == nil {
			t.Errorf("%s: nobody is shown something", name)
		}
		flowtest.FailEachCall(t, true, func() (*flowtest.Desk, func() error) {
			return d, func() error { return read(t.Context(), in) }
		})
	}
}
