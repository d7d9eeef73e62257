package plain

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/flows/place"
)

// page is the address of the page for phones in these tests.
const page = "http://localhost:8023"

func newApp(t *testing.T) *desk.PhoneApp {
	t.Helper()
	app, err := desk.NewPhoneApp(page)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// noPhone marks a script for a desk that no phone can reach.
const noPhone = "@ cannot come"

// appOf returns the app that a script needs.
func appOf(t *testing.T, script string) *desk.PhoneApp {
	t.Helper()
	switch {
	case !strings.Contains(script, "\n@ "):
		return nil
	case strings.Contains(script, noPhone):
		return &desk.PhoneApp{}
	}
	return newApp(t)
}

var (
	lettersSaid = regexp.MustCompile(`(?m)^Letters: (.+)$`)
	numberSaid  = regexp.MustCompile(`(?m)^(?:Getal|Number): (\S+)$`)
)

// last returns the last match of a regular expression in the output.
func (d *conversation) last(said string, of *regexp.Regexp) string {
	d.Helper()
	all := of.FindAllStringSubmatch(said, -1)
	if all == nil {
		d.Fatalf("nothing of %s in\n%s", of, said)
	}
	return asTyped.Replace(all[len(all)-1][1])
}

// asTyped converts a code that is spelled letter by letter to the form in which it is typed.
var asTyped = strings.NewReplacer(", ", "", "; ", "-")

// comes makes a phone open the code in the output and do something.
func (d *conversation) comes(device *passkeytest.Phone, does, said string) {
	d.Helper()
	switch does, shows, _ := strings.Cut(does, " and shows "); does {
	case "cannot come", "of the customer":
	case "is Anouk's":
		d.pairs(device)
	case "makes a key":
		f := d.onPhone(device, d.last(said, lettersSaid), "", phone.StateRegistered)
		if is := f.Step().PhoneAccess().MatchNumber; is != shows {
			d.Errorf("the phone shows %q", is)
		}
	case "refuses":
		d.onPhone(device, d.last(said, lettersSaid), "no", phone.StateDeclined)
	case "approves":
		d.onPhone(device, d.last(said, lettersSaid), d.last(said, numberSaid), phone.StateApproved)
	case "chooses another number":
		d.onPhone(device, d.last(said, lettersSaid), "not "+d.last(said, numberSaid), "wrong number")
	default:
		d.Fatalf("a phone cannot %q", does)
	}
}

// onPhone answers for a phone that opened a code, and returns the flow.
func (d *conversation) onPhone(device *passkeytest.Phone, code, number string, want flow.State) *flow.Flow {
	d.Helper()
	f, sends := d.takes(device, code, number)
	if at := sends(); at != want {
		d.Fatalf("the phone is at %q", at)
	}
	return f
}

// takes makes a phone open a code and prepare its answer. It returns a function that sends the answer and returns the
// resulting step.
func (d *conversation) takes(device *passkeytest.Phone, code, number string) (f *flow.Flow, sends func() flow.State) {
	d.Helper()
	f, open, err := phone.BeginPhoneVisit(d.Context(), d.sandbox.Desk, code)
	if err != nil || !open {
		d.Fatalf("with %s: open is %t, %v", code, open, err)
	}
	answers := map[string]string{}
	for _, field := range f.Step().Fields {
		switch {
		case field.Kind == flow.KindNewPasskey:
			answers[field.Name] = made(d.T, field, device.Create)
		case field.Kind == flow.KindSignature && number != "no":
			answers[field.Name] = made(d.T, field, device.Sign)
		case field.Kind == flow.KindChoice:
			answers[field.Name] = chosenOn(field, number)
		}
	}
	return f, func() flow.State {
		d.Helper()
		if err := f.Submit(d.Context(), answers); err != nil {
			d.Fatalf("the phone is at %q: %v", f.State(), err)
		}
		return f.State()
	}
}

// made returns the answer that a phone computes for a field.
func made(t *testing.T, field flow.Field, by func(origin, options string) (string, error)) string {
	t.Helper()
	options, err := field.PasskeyOptions()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := by(page, options)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// chosenOn returns the right or a wrong number of the numbers that a phone offers.
func chosenOn(field flow.Field, number string) string {
	other, is := strings.CutPrefix(number, "not ")
	if !is {
		return number
	}
	i := slices.IndexFunc(field.Options, func(o flow.Option) bool { return o.Value != other })
	return field.Options[i].Value
}

// pairs pairs a phone with Anouk's account, at another terminal.
func (d *conversation) pairs(device *passkeytest.Phone) {
	d.Helper()
	f := flows.BeginFlow(logIn(d.T, d), place.PairPhone)
	d.submits(f, "Kruimeltje12")
	shown := d.onPhone(device, f.Step().PhoneAccess().Code, "", phone.StateRegistered).Step().PhoneAccess().MatchNumber
	d.submits(f)
	d.submits(f, shown, "Oude telefoon")
	if f.State() != "phone paired" {
		d.Fatalf("pairing is at %q", f.State())
	}
}

// submits submits answers to the fields of a step, in their order.
func (d *conversation) submits(f *flow.Flow, lines ...string) {
	d.Helper()
	answers := map[string]string{}
	for i, line := range lines {
		answers[f.Step().Fields[i].Name] = line
	}
	if err := f.Submit(d.Context(), answers); err != nil {
		d.Fatal(err)
	}
}
