package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/fixture"
	"loket/store/keyring"
	"loket/store/kvdb"
)

func TestRecordsComeBackAsTheyWentIn(t *testing.T) {
	f := fixture.NewFiles(t)
	s := fixture.CreateStore(t, f)
	fixture.MustUpdate(t, s, fixture.PutAllRecords)
	s.Close()
	fixture.MustView(t, fixture.ReopenStore(t, f), func(tx *store.Tx) {
		customer, _ := tx.Customer(fixture.CustomerBerg.ID)
		fixture.RequireEqual(t, customer, fixture.CustomerBerg)
		product, _ := tx.Product(fixture.Savings.ID)
		fixture.RequireEqual(t, product, fixture.Savings)
		fixture.RequireEqual(t, tx.ProductsByNumber("NL22NNBA0123456789"), []store.Product{fixture.Savings})
		fixture.RequireEqual(t, tx.CustomersByPerson(fixture.CustomerBerg.PersonFacts()), []store.CustomerID{fixture.CustomerBerg.ID})
		n, _ := tx.Number(fixture.ActivationNumber.Number)
		fixture.RequireEqual(t, n.Expires.UTC(), fixture.ActivationNumber.Expires)
		fixture.RequireEqual(t, n.NumberStateAt(fixture.MondayNoon), store.NumberIssued)
		fixture.RequireEqual(t, n.Number, fixture.ActivationNumber.Number)
		fixture.RequireEqual(t, n.Tail, "7733")
		named, _ := tx.NumberByID(n.ID)
		fixture.RequireEqual(t, named.Expires.UTC(), fixture.ActivationNumber.Expires)
		fixture.RequireEqual(t, named.Number, "")
		account, _ := tx.AccountByUsername("abVDzandbergen")
		fixture.RequireEqual(t, account.Username, "ABvdZandbergen")
		fixture.RequireEqual(t, account.Passkeys, []store.Passkey{fixture.Phone})
		handled, _ := tx.AccountByHandle(fixture.UserHandle)
		fixture.RequireEqual(t, handled, account)
		asked, _ := tx.Challenge("BCDFGHJK")
		fixture.RequireEqual(t, asked, fixture.Challenge)
		fixture.RequireEqual(t, tx.WrongAttempts("password of abvdzandbergen", time.Hour).Wrong, 3)
		fixture.RequireEqual(t, len(tx.RecentTimes("Utrecht 1", time.Hour).Times), 1)
		fixture.RequireEqual(t, tx.GlobalRate(0), store.GlobalRate{Minute: 1, Wrong: 2})
		fixture.RequireEqual(t, tx.Requests("username for K1000001").Count, 1)
		for m := range tx.Messages() {
			fixture.RequireEqual(t, m.Facts["password"], "BCDF-GHJK-LMNP")
		}
		for e := range auditlog.AllEntries(tx) {
			fixture.RequireEqual(t, e.Outcome, "right")
			fixture.RequireEqual(t, e.At.UTC(), fixture.MondayNoon)
		}
	})
}

// TestFileHoldsNothingReadable is X4 and R6: the bytes of the database hold no personal
// data, in keys or in values.
func TestFileHoldsNothingReadable(t *testing.T) {
	f := fixture.NewFiles(t)
	s := fixture.CreateStore(t, f)
	fixture.MustUpdate(t, s, fixture.PutAllRecords)
	s.Close()
	raw, err := os.ReadFile(f.DB)
	if err != nil {
		t.Fatal(err)
	}
	raw = bytes.ToLower(raw)
	for _, secret := range []string{
		"zandbergen", "example.org", "1961-04-09", "3511 ab", "vossenlaantje", "utrecht", "31612345678", "K1000001", "P2000001", "A3000001",
		"NL22NNBA0123456789", "Internetsparen", "481620957733", "argon2id", "BCDF-GHJK-LMNP", "temporary_password", "log in",
		"BCDFGHJK", string(fixture.UserHandle), "key of a phone", "public half", "Toestel van",
	} {
		if bytes.Contains(raw, []byte(strings.ToLower(secret))) {
			t.Errorf("%q stands in the file", secret)
		}
	}
}

// TestTimesComeBackExactly: a time is read back exactly as it was put.
func TestTimesComeBackExactly(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	for i := range 1000 {
		put := fixture.MondayNoon.Add(time.Duration(i) * 7919 * time.Microsecond)
		fixture.MustUpdate(t, s, func(tx *store.Tx) { tx.PutAttempts("x", store.Attempts{Wrong: 1, NotBefore: put}) })
		fixture.MustView(t, s, func(tx *store.Tx) {
			if got := tx.WrongAttempts("x", time.Hour).NotBefore; !got.Equal(put) {
				t.Fatalf("%v comes back as %v", put, got)
			}
		})
	}
}

func TestWithoutItsKeysADatabaseDoesNotOpen(t *testing.T) {
	f := fixture.NewFiles(t)
	fixture.CreateStore(t, f).Close()
	if _, err := keyring.ReadKeyFile(f.Keys + "x"); !errors.Is(err, keyring.ErrNoFile) {
		t.Errorf("missing key file: %v", err)
	}
	other, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(f.DB, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if _, err := store.Open(t.Context(), engine, other, fixture.NoonClock); !errors.Is(err, store.ErrWrongKeys) {
		t.Errorf("keys of another database: %v", err)
	}
	for name, text := range map[string]string{"empty": "", "cut short": `{"version":1,"sea`, "newer": `{"version":2}`} {
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keyring.ReadKeyFile(path); err == nil {
			t.Errorf("a key file that is %s was taken", name)
		}
	}
}

func TestNewerSchemaIsRefusedWithBothVersions(t *testing.T) {
	f := fixture.NewFiles(t)
	fixture.CreateStore(t, f).Close()
	fixture.ChangeRawEntries(t, f, func(kv kvdb.KV) { kv.Put("meta/schema", fmt.Append(nil, store.Version+1)) })
	keys, _ := keyring.ReadKeyFile(f.Keys)
	engine, err := bolt.Open(f.DB, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	_, err = store.Open(t.Context(), engine, keys, fixture.NoonClock)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprint("version ", store.Version+1)) || !strings.Contains(err.Error(), fmt.Sprint("version ", store.Version)) {
		t.Errorf("got %v", err)
	}
}

// TestSealedValuesCannotBeMoved: an attacker with the file cannot give one customer
// another's password by copying a value.
func TestSealedValuesCannotBeMoved(t *testing.T) {
	f := fixture.NewFiles(t)
	s := fixture.CreateStore(t, f)
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		tx.PutAccount(store.Account{Customer: "K1", Username: "een"})
		tx.PutAccount(store.Account{Customer: "K2", Username: "twee"})
	})
	s.Close()
	fixture.ChangeRawEntries(t, f, func(kv kvdb.KV) {
		var keys []string
		var first []byte
		for key, value := range kv.Scan("account/") {
			keys = append(keys, key)
			if first == nil {
				first = value
			}
		}
		kv.Put(keys[1], first)
	})
	s = fixture.ReopenStore(t, f)
	failed := 0
	for _, id := range []store.CustomerID{"K1", "K2"} {
		if err := s.View(t.Context(), func(tx *store.Tx) error { tx.Account(id); return nil }); err != nil {
			failed++
		}
	}
	fixture.RequireEqual(t, failed, 1)
}

func TestIndexesFollowTheirRecords(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	twin := fixture.CustomerBerg
	twin.ID, twin.Initials = "K1000002", "C."
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		tx.PutCustomer(fixture.CustomerBerg)
		tx.PutCustomer(twin)
		tx.PutProduct(fixture.Savings)
		tx.PutAccount(store.Account{Customer: fixture.CustomerBerg.ID, Username: "eerst"})
	})
	fixture.MustView(t, s, func(tx *store.Tx) {
		fixture.RequireEqual(t, tx.CustomersByPerson(fixture.CustomerBerg.PersonFacts()), []store.CustomerID{fixture.CustomerBerg.ID, twin.ID})
	})
	moved := twin
	moved.Postcode = "3512 CD"
	renumbered := fixture.Savings
	renumbered.NormalisedNumber = "NL99NNBA0000000001"
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		tx.PutCustomer(moved)
		tx.PutProduct(renumbered)
		tx.PutAccount(store.Account{Customer: fixture.CustomerBerg.ID, Username: "daarna"})
	})
	fixture.MustView(t, s, func(tx *store.Tx) {
		fixture.RequireEqual(t, tx.CustomersByPerson(fixture.CustomerBerg.PersonFacts()), []store.CustomerID{fixture.CustomerBerg.ID})
		fixture.RequireEqual(t, tx.CustomersByPerson(moved.PersonFacts()), []store.CustomerID{twin.ID})
		fixture.RequireEqual(t, len(tx.ProductsByNumber(fixture.Savings.NormalisedNumber)), 0)
		fixture.RequireEqual(t, len(tx.ProductsByNumber(renumbered.NormalisedNumber)), 1)
		if _, found := tx.AccountByUsername("eerst"); found {
			t.Error("an account is found by a name that it no longer has")
		}
		if _, found := tx.AccountByUsername("DAARNA"); !found {
			t.Error("an account is not found by its new name")
		}
	})
}

// TestIssue issues numbers for one person and application one after the other, and checks
// which are valid: the last two, until one of them is used.
func TestIssue(t *testing.T) {
	type issues struct {
		day int // those of the feed before today; those of the desk today
		use bool
	}
	for name, test := range map[string]struct {
		issue []issues
		want  string // I issued, U used, R revoked
	}{
		"one":                      {[]issues{{day: 9}}, "I"},
		"two":                      {[]issues{{day: 9}, {}}, "II"},
		"a third ends the oldest":  {[]issues{{day: 9}, {}, {}}, "RII"},
		"older ones come later":    {[]issues{{day: 1}, {day: 3}, {day: 2}, {day: 4}}, "IRIR"},
		"the newest is used":       {[]issues{{day: 3}, {day: 1, use: true}}, "RU"},
		"the one before is used":   {[]issues{{day: 1}, {day: 3, use: true}}, "RU"},
		"an older one after use":   {[]issues{{day: 2, use: true}, {day: 3}}, "UR"},
		"a newer one after use":    {[]issues{{day: 2, use: true}, {day: 1}}, "UI"},
		"from later than now":      {[]issues{{day: -99}, {}, {}}, "RII"},
		"two from later than now":  {[]issues{{day: -99}, {day: -98}, {}}, "RII"},
		"one of a feed after that": {[]issues{{day: -99}, {day: 9}}, "II"},
	} {
		t.Run(name, func(t *testing.T) {
			s := fixture.CreateStore(t, fixture.NewFiles(t))
			got := ""
			fixture.MustUpdate(t, s, func(tx *store.Tx) {
				fixture.PutAllRecords(tx)
				tx.PutApplication(store.Application{ID: "A9", Product: fixture.Savings.ID, Applicants: []store.CustomerID{fixture.CustomerBerg.ID}})
				for i, issue := range test.issue {
					n := store.ActivationNumber{Number: fmt.Sprintf("%012d", i), Customer: fixture.CustomerBerg.ID, Application: "A9"}
					n.Issued, n.Expires = tx.Now.AddDate(0, 0, -issue.day), tx.Now.AddDate(0, 6, 0)
					if tx.IssueNumber(n); issue.use {
						n, _ := tx.Number(n.Number)
						a, _ := tx.Application("A9")
						tx.UseNumber(n, a)
					}
				}
				for i := range test.issue {
					n, _ := tx.Number(fmt.Sprintf("%012d", i))
					got += strings.ToUpper(string(n.NumberStateAt(tx.Now))[:1])
				}
			})
			fixture.RequireEqual(t, got, test.want)
			fixture.RequireNoProblems(t, s)
		})
	}
}

func TestBulkStoresAllOrNothing(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fail := errors.New("a problem in the file")
	err := s.BulkUpdate(t.Context(), func(tx *store.Tx) error { fixture.PutAllRecords(tx); return fail }, func(int, int) {})
	if !errors.Is(err, fail) {
		t.Errorf("got %v", err)
	}
	fixture.MustView(t, s, func(tx *store.Tx) {
		if _, found := tx.Customer(fixture.CustomerBerg.ID); found {
			t.Error("something was stored")
		}
	})
	last := 0
	if err := s.BulkUpdate(t.Context(), func(tx *store.Tx) error { fixture.PutAllRecords(tx); return nil }, func(done, all int) { last = all - done }); err != nil {
		t.Fatal(err)
	}
	fixture.RequireEqual(t, last, 0)
	fixture.MustView(t, s, func(tx *store.Tx) {
		customer, _ := tx.Customer(fixture.CustomerBerg.ID)
		fixture.RequireEqual(t, customer, fixture.CustomerBerg)
		fixture.RequireEqual(t, len(tx.ProductsByNumber(fixture.Savings.NormalisedNumber)), 1)
	})
	moved := fixture.CustomerBerg
	moved.Postcode = "3512 CD"
	if err := s.BulkUpdate(t.Context(), func(tx *store.Tx) error { tx.PutCustomer(moved); return nil }, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	fixture.MustView(t, s, func(tx *store.Tx) {
		fixture.RequireEqual(t, len(tx.CustomersByPerson(fixture.CustomerBerg.PersonFacts())), 0)
	})
}

func TestCount(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fixture.MustUpdate(t, s, fixture.PutAllRecords)
	want := map[string]int{}
	for _, table := range store.Tables {
		want[table] = 1
	}
	for folded := range 2 {
		want["audit"] = 1 - folded
		want["log"], want["tile"], want["head"], want["checkpoint"] = folded, folded, folded, 0
		counts, err := s.CountRecords(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		fixture.RequireEqual(t, counts, want)
		if _, err := auditlog.FoldQueued(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

// TestActivityIsTheCustomersOwn: each customer has only their own audit entries, oldest
// first, and entries without a customer are in no customer's activity.
func TestActivityIsTheCustomersOwn(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		for _, e := range []store.AuditEntry{
			{Customer: "K1", Outcome: "first", Visit: "v1"}, {Customer: "K2", Outcome: "other", Visit: "v2"},
			{Outcome: "nobody", Visit: "v3"}, {Outcome: "operator"},
		} {
			tx.RecordAudit(e)
		}
	})
	fixture.MustUpdate(t, s, func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Customer: "K1", Outcome: "second", Visit: "v1"}) })
	for id, want := range map[store.CustomerID]string{"K1": "first second", "K2": "other", "K3": ""} {
		var got []string
		fixture.MustView(t, s, func(tx *store.Tx) {
			for e := range tx.CustomerActivity(id) {
				got = append(got, e.Outcome)
			}
		})
		if slices.Sort(got); strings.Join(got, " ") != want { // put at the same time
			t.Errorf("%s has %q, want %q", id, got, want)
		}
	}
}

// TestWrongUsernameEntry tests that nobody finds an account by an entry that an import left for another username of the same customer.
func TestWrongUsernameEntry(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
		tx.PutAccount(store.Account{Customer: "K1", Username: "Eigen"})
		store.NewTable[store.CustomerID](store.UsernameTable).Put(tx, tx.UsernameKey("ander"), "K1")
		if a, found := tx.AccountByUsername("ander"); found || a.Customer != "" {
			t.Errorf("found %+v", a)
		}
		if a, found := tx.AccountByUsername("eIGEN"); !found || a.Customer != "K1" {
			t.Errorf("found %+v, %t", a, found)
		}
	})
}
