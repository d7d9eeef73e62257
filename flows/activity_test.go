package flows

import (
	"slices"
	"testing"

	"loket/flows/credentials"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// unremarkable is what customers are not told of their own account: what tells
// them nothing that they did not see, and steps on the way to what they are told.
var unremarkable = []flow.Outcome{
	flow.TooSoon, flow.Paused, nothing, unchanged, same, withdrawn, lostRace, taken, hasOne, notNeeded, present, tooMany, noCode, oftenSent,
	another, "customer asked too often today", "terminal asked too often today", flow.Outcome(flow.ShutOut),
	"phone called", flow.Pending, "nobody waits any more", flow.Abandoned, "as many phones as there can be", "phone was paired already", "has phones", "has no phones", "answers that showed nothing", "phone not paired", "passkey made", "answered already", "phone is not there any more",
}

// TestHappened sees that nothing can come of a step that nobody thought about
// telling the customer.
func TestHappened(t *testing.T) {
	d := newDesk(t)
	for _, known := range Flows() {
		f := known.Begin(flow.NewVisit(d.Desk))
		for state, step := range f.Steps {
			for o, edge := range step.Next {
				told := edge.Told != (text.Text{})
				if told && (edge.Told.NL == "" || edge.Told.EN == "") {
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
	} {
		if says := textsOfActivity(d.Desk).of(e); says.NL == "" || says.EN == "" {
			t.Errorf("%v is not told in both languages", e)
		}
	}
	if says := textsOfActivity(d.Desk).of(store.AuditEntry{Flow: "operator", Step: "customer show", Outcome: "looked"}); says != (text.Text{}) {
		t.Errorf("it is told that an operator looked: %q", says)
	}
}

// unsaidOf is more of the same, for one flow alone.
var unsaidOf = map[place.ID][]flow.Outcome{
	place.Activate:        {credentials.Wrong, credentials.Temporary, credentials.Expired, credentials.Off},
	place.AddProduct:      {credentials.Wrong},
	place.ChangeUsername:  {credentials.Off},
	place.ChangePassword:  {credentials.Off},
	place.ChangeEmail:     {credentials.Off},
	place.ChangeTelephone: {credentials.Off},
	place.LogInWithApp:    {"declined", "wrong number", credentials.Expired},
	place.ApproveOnPhone:  {"approved", "declined", credentials.Expired, "unknown code"},
	place.PairPhone:       {credentials.Off, credentials.Expired},
	place.RegisterOnPhone: {"answer to another challenge", "answer from another page", "holder of the phone not verified", "answer does not hold", credentials.Expired},
	place.PairedPhones:    {credentials.Off},
}

// TestActivity looks at what a customer sees of themselves, and of nobody else.
func TestActivity(t *testing.T) {
	d := newDesk(t)
	d.logIn(t, "ohoeve", "verkeerd")
	d.logIn(t, "gbruikers", "Al-gebruikt4")
	d.at("Utrecht 2").logIn(t, "ohoeve", "Eigen-huis12")
	must(t, ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	visit := d.logIn(t, "ohoeve", "Eigen-huis12").Visit()
	must(t, ChangeTelephone(visit), "telephone", "", "password", "Eigen-huis12")

	happenings, err := ActivityOf(t.Context(), visit)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range happenings {
		got = append(got, h.Terminal+": "+h.Text.EN)
	}
	want := []string{
		"Utrecht 1: Logged in", "Utrecht 1: Asked for a temporary password, by e-mail", "Utrecht 2: Logged in",
		"Utrecht 1: Tried to log in with a wrong password",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the customer sees %q, want %q", got, want)
	}
}

// TestDetails looks at what a customer is shown of themselves.
func TestDetails(t *testing.T) {
	d := newDesk(t)
	visit := d.logIn(t, "bpost", "Brieven-bus8").Visit()
	f := must(t, ChangeEmail(visit), "e-mail", "post@example.org", "password", "Brieven-bus8")
	must(t, ChangeTelephone(visit), "telephone", "0301234567", "password", "Brieven-bus8")
	check := func(want ...string) {
		t.Helper()
		details, err := DetailsOf(t.Context(), visit)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, one := range details {
			got = append(got, one.Name.EN+": "+one.Value.EN+" > "+string(one.Changes))
		}
		if !slices.Equal(got, want) {
			t.Errorf("the customer sees %q, want %q", got, want)
		}
	}
	rest := []string{
		"Telephone number: 030 123 45 67 > change telephone", "Language of messages: Dutch > change language",
		"Postal address: Dorpsstraat 8, 3517 AJ  Utrecht > contact",
	}
	check(append([]string{"E-mail address: not known > change e-mail", "To be confirmed: post@example.org > confirm e-mail"}, rest...)...)
	must(t, f, "code", last(d.outbox(t)).Facts["code"])
	check(append([]string{"E-mail address: post@example.org > change e-mail"}, rest...)...)
}

// TestEndedElsewhere changes a password at another terminal: nothing of the
// customer can be seen or done at the first one any more.
func TestEndedElsewhere(t *testing.T) {
	d := newDesk(t)
	here, there := d.logIn(t, "ohoeve", "Eigen-huis12").Visit(), d.logIn(t, "ohoeve", "Eigen-huis12").Visit()
	must(t, ChangePassword(there), "password", "Eigen-huis12", "new", "Nieuw-huis-34", "again", "Nieuw-huis-34")
	if err := there.Check(t.Context()); err != nil {
		t.Errorf("the visit that changed it: %v", err)
	}
	for name, reads := range map[string]func() error{
		"check":    func() error { return here.Check(t.Context()) },
		"overview": func() error { _, err := OverviewOf(t.Context(), here); return err },
		"details":  func() error { _, err := DetailsOf(t.Context(), here); return err },
		"activity": func() error { _, err := ActivityOf(t.Context(), here); return err },
	} {
		if err := reads(); err != flow.ErrEnded {
			t.Errorf("%s: %v", name, err)
		}
	}
	before := d.outbox(t)
	f := must(t, ChangeUsername(here), "username", "iemand.anders", "password", "Nieuw-huis-34")
	if f.At() != flow.VisitEnded || here.LoggedIn() || len(d.outbox(t)) != len(before) {
		t.Errorf("still at %q, logged in %v", f.At(), here.LoggedIn())
	}
	if err := here.Check(t.Context()); err != nil {
		t.Errorf("somebody who is not logged in: %v", err)
	}
}

// TestVisitOfNobody sees that a visit ends too when the account is gone.
func TestVisitOfNobody(t *testing.T) {
	d := newDesk(t)
	v := flow.NewVisit(d.Desk)
	v.LogIn(store.Account{Customer: "K99"}, store.Customer{}, nil)
	if err := v.Check(t.Context()); err != flow.ErrEnded {
		t.Errorf("got %v", err)
	}
}
