package phone_test

import (
	"slices"
	"testing"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/phone"
	"loket/flows/place"
)

// TestNoPhones tests that a desk that phones cannot reach says so in the menu and in the flow, and
// that a desk without an app does not offer phones.
func TestNoPhones(t *testing.T) {
	d := flowtest.New(t)
	d.App = &desk.PhoneApp{}
	for p, begin := range map[place.ID]func(*flow.Visit) *flow.Flow{place.LogInWithApp: phone.LogInWithApp, place.PairPhone: phone.PairPhone} {
		v := d.LogIn(t, "ohoeve", flowtest.CastPassword("ohoeve")).Visit()
		if f := begin(v); f.State() != "out of reach" || !f.Ended() {
			t.Errorf("%s begins at %q", p, f.State())
		}
		if flows.PlacePurpose(d.Desk, p) == flows.PlaceAt(p).Purpose {
			t.Errorf("the menu does not say that %q is not possible", p)
		}
	}
	if !slices.Contains(flows.MenuAt(flow.NewVisit(d.Desk), place.Home).Places, place.LogInWithApp) {
		t.Error("the menu says nothing of the app")
	}
	d.App = nil
	v := d.LogIn(t, "ohoeve", flowtest.CastPassword("ohoeve")).Visit()
	if slices.Contains(flows.MenuAt(flow.NewVisit(d.Desk), place.Home).Places, place.LogInWithApp) || slices.Contains(flows.MenuAt(v, place.Security).Places, place.PairPhone) {
		t.Error("the menu offers an app that is not there")
	}
}
