package screentest

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
)

// FakeHasher replaces Argon2id in tests, because Argon2id is slow on purpose.
type FakeHasher struct {
	HashCount atomic.Int32
	MatchTime time.Duration
}

func (h *FakeHasher) Hash(ctx context.Context, password string) (string, error) {
	h.HashCount.Add(1)
	return fakeHash(password), ctx.Err()
}

func (h *FakeHasher) Match(ctx context.Context, password, hash string) (bool, error) {
	h.HashCount.Add(1)
	time.Sleep(h.MatchTime)
	return hash == fakeHash(password), ctx.Err()
}

func (h *FakeHasher) Outdated(string) bool { return false }

func fakeHash(password string) string { return "plain:" + password }

// NewDesk returns a desk with three customers: Smit has an account and savings, Vos has an account with a temporary password,
// and Berg has only an activation number. Its store closes when tb ends.
func NewDesk(tb testing.TB) *desk.Desk {
	tb.Helper()
	engine, err := bolt.Create(filepath.Join(tb.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := keyring.NewInMemory()
	if err != nil {
		tb.Fatal(err)
	}
	clock := clock.New()
	clock.Advance(FrameTime.Sub(clock.Now()))
	s, err := store.Open(tb.Context(), engine, keys, clock.Now)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	if err := s.Update(tb.Context(), func(tx *store.Tx) error { putCustomers(tx); return nil }); err != nil {
		tb.Fatal(err)
	}
	desk := desk.New(s, clock, "T1", desk.DefaultSettings())
	desk.Hasher = &FakeHasher{}
	return desk
}

func putCustomers(tx *store.Tx) {
	smit := store.Customer{
		ID: "K1", Initials: "C.", Surname: "Smit", BirthDate: "1980-02-01", Street: "Dorpsstraat", HouseNumber: 14,
		Postcode: "3511 AB", City: "Utrecht", Email: "smit@example.org", Language: "nl",
	}
	smit.AddHolding("P1")
	vos, berg := smit, smit
	vos.ID, vos.Surname, vos.Email, vos.Holdings = "K2", "Vos", "", nil
	berg.ID, berg.Initials, berg.Prefix, berg.Surname, berg.BirthDate, berg.Holdings = "K3", "A.B.", "van der", "Berg", "1961-04-09", nil
	berg.AddHolding("P1").Application = "A1"
	for _, c := range []store.Customer{smit, vos, berg} {
		tx.PutCustomer(c)
	}
	tx.PutAccount(store.Account{Customer: "K1", Username: "csmit80", PasswordHash: fakeHash("Sterk-wacht1"), HasLoggedIn: true})
	tx.PutAccount(store.Account{
		Customer: "K2", Username: "vossen", PasswordHash: fakeHash("Vergeten-2026"), HasLoggedIn: true,
		Temporary: store.TemporaryPassword{Hash: fakeHash("BCDF-GHJK-LMNP"), Expires: tx.Now.Add(time.Hour)},
	})
	tx.PutProduct(store.Product{
		ID: "P1", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL22NNBA0123456789", NormalisedNumber: "NL22NNBA0123456789",
		Holders: []store.CustomerID{"K1", "K3"}, Since: "2019-05-01", Savings: &store.Savings{Balance: 123456, InterestRate: 1350},
	})
	tx.PutApplication(store.Application{ID: "A1", Product: "P1", Applicants: []store.CustomerID{"K3"}})
	for number, expires := range map[string]time.Time{
		"481620957733": tx.Now.AddDate(0, 6, 0),
		"481620950000": tx.Now.AddDate(0, 0, -1),
	} {
		tx.PutNumber(store.ActivationNumber{Number: number, Customer: "K3", Application: "A1", Issued: tx.Now.AddDate(0, -6, 0), Expires: expires})
	}
}

// LoggedInVisit returns a visit in which the customer C. Smit is logged in.
func LoggedInVisit(t *testing.T) *flow.Visit {
	t.Helper()
	visit := flow.NewVisit(NewDesk(t))
	answers := map[string]string{"username": "csmit80", "password": "Sterk-wacht1"}
	if err := flows.BeginFlow(visit, place.LogIn).Submit(t.Context(), answers); err != nil {
		t.Fatal(err)
	}
	return visit
}
