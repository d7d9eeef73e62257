package plain

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/passkey/passkeytest"
	"loket/flows/place"
)

// page is where phones come to the desk of these tests.
const page = "http://localhost:8023"

func newApp(t *testing.T) *desk.App {
	t.Helper()
	app, err := desk.NewApp(page)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// noPhone stands in a script for a desk that no phone can reach.
const noPhone = "@ cannot come"

// appOf is the app that a script needs.
func appOf(t *testing.T, script string) *desk.App {
	t.Helper()
	switch {
	case !strings.Contains(script, "\n@ "):
		return nil
	case strings.Contains(script, noPhone):
		return &desk.App{}
	}
	return newApp(t)
}

var (
	lettersSaid = regexp.MustCompile(`(?m)^Letters: (\S+)$`)
	numberSaid  = regexp.MustCompile(`(?m)^(?:Getal|Number): (\S+)$`)
)

// last is what was said last of what an expression finds.
func (d *conversation) last(said string, of *regexp.Regexp) string {
	d.Helper()
	all := of.FindAllStringSubmatch(said, -1)
	if all == nil {
		d.Fatalf("nothing of %s in\n%s", of, said)
	}
	return all[len(all)-1][1]
}

// comes has a phone do something, by what was said so far.
func (d *conversation) comes(phone *passkeytest.Phone, does, said string) {
	d.Helper()
	switch does, shows, _ := strings.Cut(does, " and shows "); does {
	case "cannot come", "of the customer":
	case "is Anouk's":
		d.pairs(phone)
	case "makes a key":
		f := d.onPhone(phone, d.last(said, lettersSaid), "", flows.PhoneRegistered)
		if is := f.Step().Shows().Number; is != shows {
			d.Errorf("the phone shows %q", is)
		}
	case "refuses":
		d.onPhone(phone, d.last(said, lettersSaid), "no", flows.PhoneDeclined)
	case "approves":
		d.onPhone(phone, d.last(said, lettersSaid), d.last(said, numberSaid), flows.PhoneApproved)
	case "chooses another number":
		d.onPhone(phone, d.last(said, lettersSaid), "not "+d.last(said, numberSaid), "wrong number")
	default:
		d.Fatalf("a phone cannot %q", does)
	}
}

// onPhone answers for a phone that came with a code, and returns the flow.
func (d *conversation) onPhone(phone *passkeytest.Phone, code, number string, want flows.State) *flows.Flow {
	d.Helper()
	f, sends := d.takes(phone, code, number)
	if at := sends(); at != want {
		d.Fatalf("the phone is at %q", at)
	}
	return f
}

// takes has a phone come with a code, and hold its answer ready. Sending that returns
// where it leads.
func (d *conversation) takes(phone *passkeytest.Phone, code, number string) (f *flows.Flow, sends func() flows.State) {
	d.Helper()
	f, open, err := flows.BeginOnPhone(d.Context(), d.sandbox.Desk, code)
	if err != nil || !open {
		d.Fatalf("with %s: open is %t, %v", code, open, err)
	}
	answers := map[string]string{}
	for _, field := range f.Step().Asks {
		switch {
		case field.Kind == flows.NewPasskey:
			answers[field.Name] = made(d.T, field, phone.Create)
		case field.Kind == flows.Signature && number != "no":
			answers[field.Name] = made(d.T, field, phone.Sign)
		case field.Kind == flows.Choice:
			answers[field.Name] = chosenOn(field, number)
		}
	}
	return f, func() flows.State {
		d.Helper()
		if err := f.Submit(d.Context(), answers); err != nil {
			d.Fatalf("the phone is at %q: %v", f.At(), err)
		}
		return f.At()
	}
}

// made is what a phone makes for a field.
func made(t *testing.T, field flows.Field, by func(origin, options string) (string, error)) string {
	t.Helper()
	options, err := field.Request()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := by(page, options)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// chosenOn is a number that a phone offers, or one that is not the number.
func chosenOn(field flows.Field, number string) string {
	other, is := strings.CutPrefix(number, "not ")
	if !is {
		return number
	}
	i := slices.IndexFunc(field.Options, func(o flows.Option) bool { return o.Value != other })
	return field.Options[i].Value
}

// pairs pairs a phone with Anouk's account, at another terminal.
func (d *conversation) pairs(phone *passkeytest.Phone) {
	d.Helper()
	f := flows.Begin(logIn(d.T, d), place.PairPhone)
	d.submits(f, "Kruimeltje12")
	shown := d.onPhone(phone, f.Step().Shows().Code, "", flows.PhoneRegistered).Step().Shows().Number
	d.submits(f)
	d.submits(f, shown, "Oude telefoon")
	if f.At() != "phone paired" {
		d.Fatalf("pairing is at %q", f.At())
	}
}

// submits answers the fields of a step, in their order.
func (d *conversation) submits(f *flows.Flow, lines ...string) {
	d.Helper()
	answers := map[string]string{}
	for i, line := range lines {
		answers[f.Step().Asks[i].Name] = line
	}
	if err := f.Submit(d.Context(), answers); err != nil {
		d.Fatal(err)
	}
}
