package flows_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// atServiceDesk returns a visit of an operator, with the card of a customer open unless id is "".
func atServiceDesk(t *testing.T, d *flowtest.Desk, id store.CustomerID) *flow.Visit {
	at := *d.Desk
	at.Terminal, at.Operator = store.AuditOperator, "SHA256:helpdesk anna"
	v := flow.NewVisit(&at)
	if id != "" {
		d.View(t, func(tx *store.Tx) {
			c, _ := tx.Customer(id)
			v.OpenCard(c)
		})
	}
	return v
}

// TestServiceMenus tests what the service desk can go to, without a card and with one.
func TestServiceMenus(t *testing.T) {
	d := flowtest.New(t)
	without, with := atServiceDesk(t, d, ""), atServiceDesk(t, d, "K06")
	for _, test := range []struct {
		visit *flow.Visit
		at    place.ID
		want  []place.ID
	}{
		{without, place.Home, []place.ID{place.FindCustomer, place.ResumeTerminal}},
		{with, place.Home, []place.ID{place.Card, place.SendMenu, place.CorrectMenu, place.AccessMenu, place.AddNote, place.LogOut}},
		{with, place.SendMenu, []place.ID{place.SendUsername, place.SendPassword, place.SendNumber}},
		{with, place.CorrectMenu, []place.ID{place.SetEmail, place.SetTelephone, place.SetLanguage, place.SetLetterPrint, place.PostalAddress}},
		{with, place.AccessMenu, []place.ID{place.ClearThrottles, place.EndVisits, place.RemovePhone, place.BlockCustomer, place.UnblockCustomer}},
	} {
		if m := flows.MenuAt(test.visit, test.at); !slices.Equal(m.Places, test.want) {
			t.Errorf("%s leads to %q", test.at, m.Places)
		}
	}
	for _, p := range flows.ServicePlaces {
		if p.NeedsCard && flows.IsPlaceOpen(without, p.ID) {
			t.Errorf("%s is open without a card", p.ID)
		}
		if p.Name.NL == "" || p.Name.EN == "" || (p.Purpose.NL == "") != (p.Purpose.EN == "") {
			t.Errorf("place %q is not named in both languages", p.ID)
		}
		if p.Begin != nil && p.Begin(with).Name != string(p.ID) {
			t.Errorf("the flow of %q calls itself %q", p.ID, p.Begin(with).Name)
		}
	}
}

// TestCard tests what a card shows: everything that a call may be about, and no secret, no balance and no username.
func TestCard(t *testing.T) {
	d := flowtest.New(t)
	in := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	d.LogIn(t, "ohoeve", "verkeerd")
	flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	setUnconfirmed(t, d, "K06")
	v := atServiceDesk(t, d, "K06")
	c, err := flows.LoadOpenCard(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	if c.Number != "K06" || c.Status.EN != "customer" || len(c.Products) != 3 || len(c.Numbers) != 2 || len(c.Messages) != 1 || len(c.OpenVisits) != 1 {
		t.Errorf("the card is %+v", c)
	}
	if email := c.Contact[0].Value.EN; email != callersAddress+", unconfirmed: gets nothing until 11 January 2027" {
		t.Errorf("the address is %q", email)
	}
	if m := c.Messages[0]; m.Subject.EN != "a temporary password" || m.State.EN != "e-mail, waiting" {
		t.Errorf("the message is %+v", m)
	}
	if e := c.RecentEntries[0]; e.Text.EN != "Asked for a temporary password, by e-mail" || e.Terminal != "Utrecht 1" {
		t.Errorf("the latest is %+v", e)
	}
	var all []string
	add := func(texts ...text.Text) {
		for _, each := range texts {
			all = append(all, strings.ToLower(each.NL+" "+each.EN))
		}
	}
	for _, f := range slices.Concat(c.Contact, c.Access, c.Numbers) {
		add(f.Name, f.Value)
	}
	add(c.Products...)
	for _, secret := range []string{"ohoeve", "481600000006", flowtest.LastElement(d.OutboxMessages(t)).Facts["password"]} {
		if secret == "" || strings.Contains(strings.Join(all, "\n"), strings.ToLower(secret)) {
			t.Errorf("the card shows %q", secret)
		}
	}

	if err := in.LogOut(t.Context(), flow.ReasonLoggedOut); err != nil {
		t.Fatal(err)
	}
	if c, err := flows.LoadOpenCard(t.Context(), v); err != nil || len(c.OpenVisits) != 0 {
		t.Errorf("a visit that has ended is open: %+v, %v", c.OpenVisits, err)
	}
	d.LogIn(t, "ohoeve", "Eigen-huis12")
	d.TestClock.Advance(13 * time.Hour)
	if c, err := flows.LoadOpenCard(t.Context(), v); err != nil || len(c.OpenVisits) != 0 {
		t.Errorf("a visit of yesterday is open: %+v, %v", c.OpenVisits, err)
	}
}

// TestCardTells tests what the service desk, and the customer who asks what is kept, read of what operators did.
func TestCardTells(t *testing.T) {
	d := flowtest.New(t)
	v := atServiceDesk(t, d, "")
	flowtest.MustSubmit(t, flows.BeginFlow(v, place.FindCustomer), "birth date", "2-1-1970", "postcode", "3515AG", "house number", "6")
	flowtest.MustSubmit(t, flows.BeginFlow(v, place.AddNote), "note", "belt later terug")
	flowtest.MustSubmit(t, flows.BeginFlow(v, place.SetLanguage), "language", "en", "reason", "verstaat geen Nederlands")
	if err := v.LogOut(t.Context(), flow.ReasonLoggedOut); err != nil {
		t.Fatal(err)
	}
	c, err := flows.LoadOpenCard(t.Context(), atServiceDesk(t, d, "K06"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Card closed", "We changed the language of your messages: verstaat geen Nederlands", "Make a note: call: belt later terug", "Card opened"}
	for i, e := range c.RecentEntries {
		if e.Text.EN != want[i] || e.Terminal != "anna" {
			t.Errorf("entry %d is %+v", i, e)
		}
	}
	d.View(t, func(tx *store.Tx) {
		for i, e := range flows.ListCustomerEvents(tx, d.Desk, "K06") {
			if strings.Contains(e.Text.EN+e.Terminal, "anna") || strings.Contains(want[i], ": ") != strings.Contains(e.Text.EN, ": ") {
				t.Errorf("event %d is %+v", i, e)
			}
		}
	})
	if shown, err := flows.LoadRecentActivity(t.Context(), d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()); err != nil || len(shown) != 2 || strings.Contains(shown[1].Text.EN, "Nederlands") {
		t.Errorf("the customer sees %+v, %v", shown, err)
	}
}

// TestCardOfOthers tests the cards of customers whose account is locked, blocked, or not there.
func TestCardOfOthers(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		tx.PutAttempts(desk.PasswordThrottleKey("gbruikers"), store.Attempts{Wrong: 100, Last: tx.Now})
		flowtest.SetStatus(tx, "K08", "blocked")
	})
	for id, want := range map[store.CustomerID]string{
		"K04": "yes, and used; the password is off after too many wrong ones; none; none",
		"K07": "yes, never used yet; none; none; none",
		"K08": "yes, and used; none; none; none",
		"K01": "none",
	} {
		c, err := flows.LoadOpenCard(t.Context(), atServiceDesk(t, d, id))
		var got []string
		for _, f := range c.Access {
			got = append(got, f.Value.EN)
		}
		if err != nil || strings.Join(got, "; ") != want || (id == "K08") != (c.Status.EN == "blocked") {
			t.Errorf("%s: %q, %s, %v", id, got, c.Status.EN, err)
		}
	}
}

// TestErasedCard tests that no act is done for a customer who was erased while the card was open.
func TestErasedCard(t *testing.T) {
	d := flowtest.New(t)
	v := atServiceDesk(t, d, "K06")
	d.Update(t, func(tx *store.Tx) { tx.DeleteAccount("K06"); tx.BeginErasure("K06") })
	if f := flowtest.MustSubmit(t, flows.BeginFlow(v, place.SetEmail), "e-mail", "olga@example.org"); f.State() != flow.StateLoggedOut || v.OpenCardCustomer() != "" {
		t.Errorf("it leads to %q, with the card %q", f.State(), v.OpenCardCustomer())
	}
	if _, err := flows.LoadOpenCard(t.Context(), atServiceDesk(t, d, "")); err == nil {
		t.Error("there is a card of nobody")
	}
}

// TestOwnCountsStay tests that an operator cannot clear a count of their own key, by giving its name as that of a terminal.
func TestOwnCountsStay(t *testing.T) {
	d := flowtest.New(t)
	d.Settings.CardsPerHour = 1
	find := func() flow.State {
		f := flows.PlaceAt(place.FindCustomer).Begin(atServiceDesk(t, d, ""))
		return flowtest.MustSubmit(t, f, "birth date", "2-1-1970", "postcode", "3515AG", "house number", "6").State()
	}
	if at := find(); at != "card open" {
		t.Fatalf("the first card is at %q", at)
	}
	for _, count := range []string{"", "cards of ", "\x00", "\x00cards of "} {
		f := flows.PlaceAt(place.ResumeTerminal).Begin(atServiceDesk(t, d, ""))
		if flowtest.MustSubmit(t, f, "terminal", count+"SHA256:helpdesk anna").State() != "no pause to end" {
			t.Errorf("%q is taken for a terminal that pauses", count)
		}
		if at := find(); at != "ask caller" {
			t.Errorf("after %q was cleared, a second card is at %q", count, at)
		}
	}
}
