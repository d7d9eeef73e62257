package flows

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/flows/place"
	"loket/store"
)

// examplePage is where phones come to the desks of these tests.
const examplePage = "https://app.example.org"

var exampleApp = mustApp(examplePage)

func mustApp(address string) *desk.App {
	a, err := desk.NewApp(address)
	if err != nil {
		panic(err)
	}
	return a
}

var twoDigits = regexp.MustCompile(`^\d\d$`)

// pair pairs a phone: PHONE with USERNAME.
func (r *replay) pair(rest string) {
	name, username, _ := strings.Cut(rest, " with ")
	r.phone(name)
	r.desk.pair(r.t, r.phones[name], username, name)
}

// pair pairs a phone with the account of a customer, as if they had done so.
func (d *testDesk) pair(tb testing.TB, device *passkeytest.Phone, username, name string) {
	tb.Helper()
	f := must(tb, phone.PairPhone(d.logIn(tb, username, castPassword(username)).Visit()), "password", castPassword(username))
	code := f.Step().Scan().Code
	must(tb, d.onPhone(tb, code), "passkey", makes(tb, device, examplePage, d.onPhone(tb, code).Step().Fields[0]))
	must(tb, must(tb, f), "shown", d.challenge(tb, code).Number, "phone name", name)
	if f.At() != "phone paired" {
		tb.Fatalf("the phone is not paired: %s", f.At())
	}
}

// onPhone is the flow of a phone that comes with a code.
func (d *testDesk) onPhone(tb testing.TB, code string) *flow.Flow {
	tb.Helper()
	f, _, err := phone.Begin(tb.Context(), d.Desk, code)
	if err != nil && !errors.Is(err, phone.ErrUnknownCode) {
		tb.Fatal(err)
	}
	return f
}

func (d *testDesk) challenge(tb testing.TB, code string) (c store.Challenge) {
	tb.Helper()
	d.view(tb, func(tx *store.Tx) { c, _ = tx.Challenge(code) })
	return c
}

// makes has a phone make what a field asks for, on the page of an origin.
func makes(tb testing.TB, device *passkeytest.Phone, origin string, f flow.Field) (answer string) {
	tb.Helper()
	options, err := f.Request()
	if err != nil {
		tb.Fatal(err)
	}
	if f.Kind == flow.NewPasskey {
		answer, err = device.Create(origin, options)
	} else {
		answer, err = device.Sign(origin, options)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return answer
}

// comes has a phone come: PHONE, or PHONE types CODE.
func (r *replay) comes(rest string) {
	name, code, types := strings.Cut(rest, " types ")
	if !types {
		code = r.stand.code
	}
	f := r.desk.onPhone(r.t, code)
	r.stand = &stand{testDesk: r.desk, visit: f.Visit(), flow: f, code: code, phone: r.phone(name)}
	r.show()
}

// phone is the one of that name, which has no keys to begin with.
func (r *replay) phone(name string) *passkeytest.Phone {
	if r.phones[name] == nil {
		r.phones[name] = passkeytest.New()
	}
	return r.phones[name]
}

// spoil has a phone not be as it should: PHONE HOW.
func (r *replay) spoil(rest string) {
	name, how, _ := strings.Cut(rest, " ")
	device := r.phone(name)
	switch verb, other, _ := strings.Cut(how, " "); verb {
	case "careless": // about who holds it
		device.Unverified = true
	case "careful":
		device.Unverified = false
	case "forgetful": // of how often it signed
		device.Counter = 0
	case "uncounted":
		device.Uncounted = true
	case "confused":
		device.Confused = true
	case "synced":
		device.Syncable = true
	case "repeat": // repeat itself: give out the key that it has, as if it was new
		device.Repeats = true
	case "stranger": // with a key that it has from elsewhere
		if _, err := device.Create(examplePage, `{"rp":{"id":"app.example.org"},"challenge":"AAAA","user":{"id":"AAAA"}}`); err != nil {
			r.t.Fatal(err)
		}
	case "astray": // on a page that says it is ours
		device.Host, r.page = exampleApp.URL().Host, "https://app.example.com"
	case "lost": // and takes our page for another one
		device.Host = "app.example.com"
	case "home":
		device.Host, r.page = "", examplePage
	case "say": // say it is OTHER, whose key it does not have
		device.Impersonate(r.phones[strings.TrimPrefix(other, "it is ")])
	default:
		r.t.Fatalf("cannot make a phone %q", how)
	}
}

// leave has the visitor at the terminal leave for good.
func (r *replay) leave() {
	if err := r.stand.flow.Abandon(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

// byPhone puts in the numbers that phone and terminal show.
func (r *replay) byPhone(rest string) string {
	if !strings.Contains(rest, "$shown") && !strings.Contains(rest, "$another") {
		return rest
	}
	c := r.desk.challenge(r.t, r.stand.code)
	others := slices.DeleteFunc(append(c.Choices, "10", "11"), func(n string) bool { return n == c.Number })
	return strings.NewReplacer("$shown", c.Number, "$another", others[0]).Replace(rest)
}

// made is the answer to a field, made by the phone if it is to be.
func (r *replay) made(step flow.Step, name, answer string) string {
	switch i := slices.IndexFunc(step.Fields, func(f flow.Field) bool { return f.Name == name }); answer {
	case "$signature", "$passkey":
		r.before = makes(r.t, r.stand.phone, r.page, step.Fields[i])
	case "$before":
	default:
		return answer
	}
	return r.before
}

// showScan writes down what a visitor needs to come with a phone.
func (r *replay) showScan(s flow.Scan) {
	var shown []string
	for what, value := range map[string]string{s.Address + ", with a code": s.Code, "a number": s.Number} {
		if value != "" {
			shown = append(shown, what)
		}
	}
	slices.Sort(shown)
	r.say("  = %s", strings.Join(shown, " and "))
}

// TestNoPhones: at a desk that no phone can reach, the menu says so and so does what
// it leads to; at one without an app there is nothing of it.
func TestNoPhones(t *testing.T) {
	d := newDesk(t)
	d.App = &desk.App{}
	for p, begin := range map[place.ID]func(*flow.Visit) *flow.Flow{place.LogInWithApp: phone.LogInWithApp, place.PairPhone: phone.PairPhone} {
		v := d.logIn(t, "ohoeve", castPassword("ohoeve")).Visit()
		if f := begin(v); f.At() != "out of reach" || !f.Ended() {
			t.Errorf("%s begins at %q", p, f.At())
		}
		if For(d.Desk, p) == At(p).For {
			t.Errorf("the menu does not say that %q is not possible", p)
		}
	}
	if !slices.Contains(MenuAt(flow.NewVisit(d.Desk), place.Home).Leads, place.LogInWithApp) {
		t.Error("the menu says nothing of the app")
	}
	d.App = nil
	v := d.logIn(t, "ohoeve", castPassword("ohoeve")).Visit()
	if slices.Contains(MenuAt(flow.NewVisit(d.Desk), place.Home).Leads, place.LogInWithApp) || slices.Contains(MenuAt(v, place.Security).Leads, place.PairPhone) {
		t.Error("the menu offers an app that is not there")
	}
}
