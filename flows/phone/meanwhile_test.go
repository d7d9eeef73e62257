package phone_test

import (
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/store"
)

// TestRemovedMeanwhile tests that a phone whose key is removed or replaced while its answer is
// verified logs nobody in.
func TestRemovedMeanwhile(t *testing.T) {
	for name, change := range map[string]func(*store.Account){
		"removed": func(a *store.Account) { a.Passkeys = nil },
		"another": func(a *store.Account) { a.Passkeys[0].PublicKey = []byte("another") },
	} {
		d, device := flowtest.New(t), passkeytest.New()
		d.PairPhone(t, device, "ohoeve", "Nokia")
		code := flowtest.MustSubmit(t, phone.LogInWithApp(flow.NewVisit(d.Desk))).Step().PhoneAccess().Code
		f := d.BeginOnPhone(t, code)
		answers := []string{"number", d.StoredChallenge(t, code).Number, "passkey", flowtest.AnswerOnPhone(t, device, flowtest.AppURL, f.Step().Fields[1])}
		d.Engine.OnUpdate = func() {
			d.Engine.OnUpdate = nil
			d.Update(t, func(tx *store.Tx) {
				a, _ := tx.Account("K06")
				change(&a)
				tx.PutAccount(a)
			})
		}
		if flowtest.MustSubmit(t, f, answers...); f.State() != phone.StatePhoneRemoved || d.LastOutcome(t) != "phone not paired any more" {
			t.Errorf("%s: it is at %q: %q", name, f.State(), d.LastOutcome(t))
		}
	}
}

// TestAnnounced tests that the app gets each code, with its desk and until when it lasts.
func TestAnnounced(t *testing.T) {
	d := flowtest.New(t)
	app := *d.App
	var told []string
	app.OnChallenge = func(by *desk.Desk, code string, until time.Time) {
		if by != d.Desk || !until.After(d.TestClock.Now()) || until.After(d.TestClock.Now().Add(max(d.Settings.AppLogIn, d.Settings.AppPairing))) {
			t.Errorf("announced until %v", until)
		}
		told = append(told, code)
	}
	d.App = &app
	one := flowtest.MustSubmit(t, phone.LogInWithApp(flow.NewVisit(d.Desk))).Step().PhoneAccess()
	v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	two := flowtest.MustSubmit(t, phone.PairPhone(v), "password", "Eigen-huis12").Step().PhoneAccess()
	if len(told) != 2 || told[0] != one.Code || told[1] != two.Code {
		t.Errorf("announced are %q, and not %s and %s", told, one.Code, two.Code)
	}
	if every := phone.LogInWithApp(flow.NewVisit(d.Desk)).Steps["await phone"].PollEvery; every != 500*time.Millisecond {
		t.Errorf("it is looked for an answer every %v", every)
	}
}
