package courier

import (
	"slices"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/courier/couriertest"
	"loket/flows/courier/render"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/store"
)

// TestOutbox makes customers do everything that sends a message, and checks that each message has the facts that its template
// needs.
func TestOutbox(t *testing.T) {
	d := newDesk(t)
	anna := map[string]string{
		"username": "annabakker", "birth date": "9-4-1961", "postcode": "3511AB", "house number": "12",
		"product number": "88-1234567", "new": "Goed-gekozen1", "again": "Goed-gekozen1",
	}
	visit(t, flow.NewVisit(d), place.ForgottenPassword, anna)
	anna["password"] = outbox(t, d)[0].Facts["password"]

	bram := map[string]string{"username": "brambos", "birth date": "2-2-1970", "postcode": "3512AC"}
	visit(t, flow.NewVisit(d), place.ForgottenPassword, bram)
	visit(t, flow.NewVisit(d), place.ForgottenUsername, anna)

	loggedIn := flow.NewVisit(d)
	visit(t, loggedIn, place.LogIn, anna)
	visit(t, loggedIn, place.AddProduct, map[string]string{"number": "481600000001"})

	visit(t, flow.NewVisit(d), place.Activate, map[string]string{
		"number": "481600000002", "birth date": "3-3-1980", "postcode": "3513AD",
		"username": "carlacohen", "new": "Goed-gekozen1", "again": "Goed-gekozen1",
	})

	var got []string
	for _, m := range outbox(t, d) {
		got = append(got, m.Template+" "+string(m.Channel))
		for _, lang := range couriertest.Languages {
			if _, err := render.RenderMessage(m, lang, contact.SupportLine(d)); err != nil {
				t.Errorf("%s: %v", lang, err)
			}
		}
	}
	want := []string{
		"temporary_password email", "temporary_password letter", "username email",
		"password_changed email", "product_added email", "account_opened letter",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the outbox has %q, want %q", got, want)
	}
}

// newDesk returns a desk with three customers: Anna has an e-mail address, Bram has none, and Carla has no account yet.
func newDesk(t *testing.T) *desk.Desk {
	t.Helper()
	o := newOffice(t)
	if err := o.Store.Update(t.Context(), func(tx *store.Tx) error { putCustomers(tx); return nil }); err != nil {
		t.Fatal(err)
	}
	settings := desk.DefaultSettings()
	settings.Neutral = 0
	return desk.New(o.Store, o.Clock, "Utrecht 1", settings)
}

func putCustomers(tx *store.Tx) {
	tx.PutCustomer(store.Customer{
		ID: "K1", Initials: "A.", Surname: "Bakker", BirthDate: "1961-04-09", Street: "Dorpsstraat", HouseNumber: 12,
		Postcode: "3511 AB", City: "Utrecht", Email: "anna@example.org", Language: "nl",
		Holdings: []store.Holding{{Product: "P1"}, {Product: "P2", Application: "A1"}},
	})
	tx.PutCustomer(store.Customer{
		ID: "K2", Initials: "B.", Surname: "Bos", BirthDate: "1970-02-02", Street: "Dorpsstraat", HouseNumber: 3,
		Postcode: "3512 AC", City: "Utrecht", Language: "nl",
	})
	tx.PutCustomer(store.Customer{
		ID: "K3", Initials: "C.", Surname: "Cohen", BirthDate: "1980-03-03", Street: "Dorpsstraat", HouseNumber: 4,
		Postcode: "3513 AD", City: "Utrecht", Language: "en",
		Holdings: []store.Holding{{Product: "P2", Application: "A1"}},
	})
	tx.PutAccount(store.Account{Customer: "K1", Username: "annabakker", HasLoggedIn: true})
	tx.PutAccount(store.Account{Customer: "K2", Username: "brambos", HasLoggedIn: true})
	tx.PutProduct(store.Product{ID: "P1", Kind: store.KindNonlife, Name: "Autoverzekering", Number: "88-1234567", NormalisedNumber: "88-1234567", Holders: []store.CustomerID{"K1"}})
	tx.PutProduct(store.Product{ID: "P2", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL22NNBA0123456789", NormalisedNumber: "NL22NNBA0123456789", Holders: []store.CustomerID{"K1", "K3"}})
	tx.PutApplication(store.Application{ID: "A1", Product: "P2", Applicants: []store.CustomerID{"K1", "K3"}})
	expires := tx.Now.Add(30 * 24 * time.Hour)
	tx.PutNumber(store.ActivationNumber{Number: "481600000001", Customer: "K1", Application: "A1", Issued: tx.Now, Expires: expires})
	tx.PutNumber(store.ActivationNumber{Number: "481600000002", Customer: "K3", Application: "A1", Issued: tx.Now, Expires: expires})
}

// visit submits the same answers at every step of a flow until the flow ends.
func visit(t *testing.T, v *flow.Visit, to place.ID, answers map[string]string) {
	t.Helper()
	const steps = 3 // steps is more than the number of steps in any of these flows.
	f := flows.BeginFlow(v, to)
	for range steps {
		if f.Ended() {
			return
		}
		if err := f.Submit(t.Context(), answers); err != nil {
			t.Fatal(err)
		}
	}
	if !f.Ended() {
		t.Fatalf("%s: still at %q", f.Name, f.State())
	}
}

// outbox returns the waiting messages, oldest first.
func outbox(t testing.TB, d *desk.Desk) (messages []store.Message) {
	t.Helper()
	if err := d.Store.View(t.Context(), func(tx *store.Tx) error {
		messages = slices.Collect(tx.Messages())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return messages
}
