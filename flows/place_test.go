package flows_test

import (
	"slices"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestMenus tests which choices each menu offers to guests and to customers.
func TestMenus(t *testing.T) {
	d := flowtest.New(t)
	out, in := flow.NewVisit(d.Desk), d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	check := func(v *flow.Visit, id place.ID, asks string, want ...place.ID) {
		t.Helper()
		if len(want) > 0 {
			want = append(want, place.Help)
		}
		if m := flows.MenuAt(v, id); m.Question.EN != asks || !slices.Equal(m.Places, want) {
			t.Errorf("%s asks %q and leads to %q", id, m.Question.EN, m.Places)
		}
	}
	check(out, place.Home, "How can we help you?", place.Activate, place.LogIn, place.LogInWithApp, place.ForgottenMenu, place.RequestMenu, place.Questions, place.Contact)
	check(in, place.Home, "What would you like to do?", place.Products, place.AddProduct, place.PersonalMenu, place.Questions, place.Contact, place.LogOut)
	check(out, place.ForgottenMenu, "What have you forgotten?", place.ForgottenPassword, place.ForgottenUsername)
	check(out, place.RequestMenu, "What would you like to request?", place.RequestNumber, place.RequestAccount)
	check(in, place.PersonalMenu, "Details and Settings", place.Security, place.Details)
	check(in, place.Security, "Access and security", place.ChangeUsername, place.ChangePassword, place.PairPhone, place.PairedPhones, place.Activity)
	check(in, place.Details, "")
	check(out, place.Contact, "")
	d.App = nil
	check(out, place.Home, "How can we help you?", place.Activate, place.LogIn, place.ForgottenMenu, place.RequestMenu, place.Questions, place.Contact)
	check(in, place.Security, "Access and security", place.ChangeUsername, place.ChangePassword, place.Activity)
}

// TestAbove tests which menu offers each place.
func TestAbove(t *testing.T) {
	for id, want := range map[place.ID]place.ID{
		place.Home: place.Home, place.LogIn: place.Home, place.ForgottenMenu: place.Home, place.ForgottenUsername: place.ForgottenMenu,
		place.RequestAccount: place.RequestMenu, place.CallBack: place.Home, place.Contact: place.Home, place.Security: place.PersonalMenu,
		place.PairPhone: place.Security, place.Details: place.PersonalMenu, place.ChangeEmail: place.PersonalMenu, place.ApproveOnPhone: place.Home,
		"nowhere": place.Home,
	} {
		if got := flows.ParentMenu(id); got != want {
			t.Errorf("above %s is %s, want %s", id, got, want)
		}
	}
}

// TestFor tests descriptions of places that depend on the time and the desk.
func TestFor(t *testing.T) {
	d := flowtest.New(t)
	if got := flows.PlacePurpose(d.Desk, place.Contact); got != contact.SupportLine(d.Desk).OpenStatus(d.TestClock.Now()) || !strings.HasPrefix(got.EN, "Open now") {
		t.Errorf("contact is for %q", got.EN)
	}
	if got := flows.PlacePurpose(d.Desk, place.Security).EN; got != "Password, phones, activity" {
		t.Errorf("security is for %q", got)
	}
	if got := flows.PlacePurpose(d.Desk, place.LogIn); got != flows.PlaceAt(place.LogIn).Purpose {
		t.Errorf("logging in is for %q", got.EN)
	}
	d.App = nil
	if got := flows.PlacePurpose(d.Desk, place.Security).EN; got != "Username, password, activity" {
		t.Errorf("without an app, security is for %q", got)
	}
}
