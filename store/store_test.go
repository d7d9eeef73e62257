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

	"github.com/google/go-cmp/cmp"

	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// noon is the instant of every transaction here.
var noon = time.Date(2027, 1, 4, 12, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

// files are where a test's database and its keys are.
type files struct{ db, keys string }

func newFiles(tb testing.TB) files {
	dir := tb.TempDir()
	return files{filepath.Join(dir, "loket.db"), filepath.Join(dir, "loket.db.key")}
}

// create makes a store.
func create(tb testing.TB, f files) *store.Store {
	tb.Helper()
	keys, err := keyring.Create(f.keys)
	if err != nil {
		tb.Fatal(err)
	}
	engine, err := bolt.Create(f.db, bolt.Options{NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	return over(tb, engine, keys)
}

// reopen opens the store that create made, after it was closed.
func reopen(tb testing.TB, f files) *store.Store {
	tb.Helper()
	keys, err := keyring.Read(f.keys)
	if err != nil {
		tb.Fatal(err)
	}
	engine, err := bolt.Open(f.db, bolt.Options{NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	return over(tb, engine, keys)
}

func over(tb testing.TB, engine kvdb.Engine, keys *keyring.Keys) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), engine, keys, atNoon)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

func update(tb testing.TB, s *store.Store, fn func(*store.Tx)) {
	tb.Helper()
	if err := s.Update(tb.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		tb.Fatal(err)
	}
}

func view(tb testing.TB, s *store.Store, fn func(*store.Tx)) {
	tb.Helper()
	if err := s.View(tb.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		tb.Fatal(err)
	}
}

// berg is a customer with everything that can identify one.
var berg = store.Customer{
	ID: "K1000001", Initials: "A.B.", Prefix: "van der", Surname: "Zandbergen", BirthDate: "1961-04-09",
	Street: "Vossenlaantje", HouseNumber: 12, Addition: "A", Postcode: "3511 AB", City: "Utrecht",
	Email: "zandbergen@example.org", Phone: "+31612345678", Language: "nl",
}

var savings = store.Product{
	ID: "P2000001", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL22 NNBA 0123 4567 89", Lookup: "NL22NNBA0123456789",
	Holders: []store.CustomerID{berg.ID}, Since: "2019-05-01",
	Savings: &store.Savings{Balance: 123456, InterestRate: 1350, Transactions: []store.Transaction{{Date: "2026-11-02", Amount: -25000, Description: "Opname"}}},
}

var number = store.ActivationNumber{
	Number: "481620957733", Customer: berg.ID, Application: "A3000001",
	Issued: noon.AddDate(0, -1, 0), Expires: noon.AddDate(0, 5, 0),
}

// handle is what phones know the account of berg by, and phone is one that is paired.
var (
	handle = []byte("thirty-two bytes that say nothing")
	phone  = store.Passkey{
		ID: []byte("key of a phone"), Public: []byte("public half of it"), Counter: 7, Syncable: true,
		Name: "Toestel van Zandbergen", Paired: noon.AddDate(0, -1, 0), Used: noon,
	}
)

// challenge is one that a phone has answered.
var challenge = store.Challenge{
	Purpose: store.ToLogIn, Terminal: "Utrecht 1", Visit: "v", Nonce: []byte("to be signed"), Number: "42", Choices: []string{"42", "17", "93"},
	Handle: handle, Expires: noon.Add(time.Minute), Answer: store.Approved, Passkey: phone, Wrong: 1,
}

// fill puts one of each kind of record.
func fill(tx *store.Tx) {
	tx.PutProduct(savings)
	tx.PutCustomer(berg)
	tx.PutApplication(store.Application{ID: "A3000001", Product: savings.ID, Applicants: []store.CustomerID{berg.ID}, Submitted: "2026-11-18"})
	tx.Issue(number)
	tx.PutAccount(store.Account{
		Customer: berg.ID, Username: "ABvdZandbergen", PasswordHash: "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g", Used: true,
		Handle: handle, Passkeys: []store.Passkey{phone},
	})
	tx.PutChallenge("BCDFGHJK", challenge)
	tx.Take(store.Tidying, "process", time.Hour)
	tx.PutMessage(store.Message{
		Customer: berg.ID, Channel: store.ByEmail, Template: "temporary_password", Language: "nl",
		To: []string{berg.Email}, Facts: map[string]string{"password": "BCDF-GHJK-LMNP"}, Arrives: noon,
	})
	tx.Record(store.AuditEntry{Terminal: "Utrecht 1", Visit: "v", Flow: "log in", Step: "ask", Outcome: "right", Customer: berg.ID})
	tx.PutTries("password of abvdzandbergen", store.Tries{Wrong: 3, NotBefore: noon.Add(time.Second)})
	tx.PutTriesAt("Utrecht 1", store.TriesAt{Wrong: []time.Time{noon}})
	tx.PutRush(0, store.Rush{Minute: 1, Wrong: 2})
	tx.PutRequests("username for K1000001", store.Requests{Day: "2027-01-04", Asked: 1})
	tx.PutOutage(store.ByLetter, store.Outage{Since: noon, Last: noon, Trouble: "no space"})
}

func TestRecordsComeBackAsTheyWentIn(t *testing.T) {
	f := newFiles(t)
	s := create(t, f)
	update(t, s, fill)
	s.Close()
	view(t, reopen(t, f), func(tx *store.Tx) {
		customer, _ := tx.Customer(berg.ID)
		same(t, customer, berg)
		product, _ := tx.Product(savings.ID)
		same(t, product, savings)
		same(t, tx.ProductsByNumber("NL22NNBA0123456789"), []store.Product{savings})
		same(t, tx.Persons(berg.Person()), []store.CustomerID{berg.ID})
		n, _ := tx.Number(number.Number)
		same(t, n.Expires.UTC(), number.Expires)
		same(t, n.State(noon), store.NumberIssued)
		same(t, n.Number, number.Number)
		same(t, n.Tail, "7733")
		named, _ := tx.NumberNamed(n.ID)
		same(t, named.Expires.UTC(), number.Expires)
		same(t, named.Number, "")
		account, _ := tx.AccountNamed("abVDzandbergen")
		same(t, account.Username, "ABvdZandbergen")
		same(t, account.Passkeys, []store.Passkey{phone})
		handled, _ := tx.AccountHandled(handle)
		same(t, handled, account)
		asked, _ := tx.Challenge("BCDFGHJK")
		same(t, asked, challenge)
		same(t, tx.Tries("password of abvdzandbergen", time.Hour).Wrong, 3)
		same(t, len(tx.TriesAt("Utrecht 1", time.Hour).Wrong), 1)
		same(t, tx.Rush(0), store.Rush{Minute: 1, Wrong: 2})
		same(t, tx.Requests("username for K1000001").Asked, 1)
		for m := range tx.Messages() {
			same(t, m.Facts["password"], "BCDF-GHJK-LMNP")
		}
		for e := range tx.AuditEntries() {
			same(t, e.Outcome, "right")
			same(t, e.At.UTC(), noon)
		}
	})
}

func same[T any](t *testing.T, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// TestFileHoldsNothingReadable is X4 and R6: nothing of a person stands in the
// bytes of the database, in keys or in values.
func TestFileHoldsNothingReadable(t *testing.T) {
	f := newFiles(t)
	s := create(t, f)
	update(t, s, fill)
	s.Close()
	raw, err := os.ReadFile(f.db)
	if err != nil {
		t.Fatal(err)
	}
	raw = bytes.ToLower(raw)
	for _, secret := range []string{
		"zandbergen", "example.org", "1961-04-09", "3511 ab", "vossenlaantje", "utrecht", "31612345678", "K1000001", "P2000001", "A3000001",
		"NL22NNBA0123456789", "Internetsparen", "481620957733", "argon2id", "BCDF-GHJK-LMNP", "temporary_password", "log in",
		"BCDFGHJK", string(handle), "key of a phone", "public half", "Toestel van",
	} {
		if bytes.Contains(raw, []byte(strings.ToLower(secret))) {
			t.Errorf("%q stands in the file", secret)
		}
	}
}

// TestTimesComeBackExactly: what was due at an instant is due at that instant.
func TestTimesComeBackExactly(t *testing.T) {
	s := create(t, newFiles(t))
	for i := range 1000 {
		put := noon.Add(time.Duration(i) * 7919 * time.Microsecond)
		update(t, s, func(tx *store.Tx) { tx.PutTries("x", store.Tries{Wrong: 1, NotBefore: put}) })
		view(t, s, func(tx *store.Tx) {
			if got := tx.Tries("x", time.Hour).NotBefore; !got.Equal(put) {
				t.Fatalf("%v comes back as %v", put, got)
			}
		})
	}
}

func TestWithoutItsKeysADatabaseDoesNotOpen(t *testing.T) {
	f := newFiles(t)
	create(t, f).Close()
	if _, err := keyring.Read(f.keys + "x"); !errors.Is(err, keyring.ErrNoFile) {
		t.Errorf("missing key file: %v", err)
	}
	other, err := keyring.New()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(f.db, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if _, err := store.Open(t.Context(), engine, other, atNoon); !errors.Is(err, store.ErrWrongKeys) {
		t.Errorf("keys of another database: %v", err)
	}
	for name, text := range map[string]string{"empty": "", "cut short": `{"version":1,"sea`, "newer": `{"version":2}`} {
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keyring.Read(path); err == nil {
			t.Errorf("a key file that is %s was taken", name)
		}
	}
}

// raw changes the database below the store, as a program of another version or
// somebody with the file alone would.
func raw(t *testing.T, f files, fn func(kvdb.KV)) {
	t.Helper()
	engine, err := bolt.Open(f.db, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if err := engine.Update(t.Context(), func(kv kvdb.KV) error { fn(kv); return nil }); err != nil {
		t.Fatal(err)
	}
}

func TestNewerSchemaIsRefusedWithBothVersions(t *testing.T) {
	f := newFiles(t)
	create(t, f).Close()
	raw(t, f, func(kv kvdb.KV) { kv.Put("meta/schema", []byte("7")) })
	keys, _ := keyring.Read(f.keys)
	engine, err := bolt.Open(f.db, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	_, err = store.Open(t.Context(), engine, keys, atNoon)
	if err == nil || !strings.Contains(err.Error(), "version 7") || !strings.Contains(err.Error(), fmt.Sprint("version ", store.Version)) {
		t.Errorf("got %v", err)
	}
}

// TestSealedValuesCannotBeMoved: whoever has the file cannot give somebody
// another one's password by copying a value.
func TestSealedValuesCannotBeMoved(t *testing.T) {
	f := newFiles(t)
	s := create(t, f)
	update(t, s, func(tx *store.Tx) {
		tx.PutAccount(store.Account{Customer: "K1", Username: "een"})
		tx.PutAccount(store.Account{Customer: "K2", Username: "twee"})
	})
	s.Close()
	raw(t, f, func(kv kvdb.KV) {
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
	s = reopen(t, f)
	failed := 0
	for _, id := range []store.CustomerID{"K1", "K2"} {
		if err := s.View(t.Context(), func(tx *store.Tx) error { tx.Account(id); return nil }); err != nil {
			failed++
		}
	}
	same(t, failed, 1)
}

func TestIndexesFollowTheirRecords(t *testing.T) {
	s := create(t, newFiles(t))
	twin := berg
	twin.ID, twin.Initials = "K1000002", "C."
	update(t, s, func(tx *store.Tx) {
		tx.PutCustomer(berg)
		tx.PutCustomer(twin)
		tx.PutProduct(savings)
		tx.PutAccount(store.Account{Customer: berg.ID, Username: "eerst"})
	})
	view(t, s, func(tx *store.Tx) {
		same(t, tx.Persons(berg.Person()), []store.CustomerID{berg.ID, twin.ID})
	})
	moved := twin
	moved.Postcode = "3512 CD"
	renumbered := savings
	renumbered.Lookup = "NL99NNBA0000000001"
	update(t, s, func(tx *store.Tx) {
		tx.PutCustomer(moved)
		tx.PutProduct(renumbered)
		tx.PutAccount(store.Account{Customer: berg.ID, Username: "daarna"})
	})
	view(t, s, func(tx *store.Tx) {
		same(t, tx.Persons(berg.Person()), []store.CustomerID{berg.ID})
		same(t, tx.Persons(moved.Person()), []store.CustomerID{twin.ID})
		same(t, len(tx.ProductsByNumber(savings.Lookup)), 0)
		same(t, len(tx.ProductsByNumber(renumbered.Lookup)), 1)
		if _, found := tx.AccountNamed("eerst"); found {
			t.Error("an account is found by a name that it no longer has")
		}
		if _, found := tx.AccountNamed("DAARNA"); !found {
			t.Error("an account is not found by its new name")
		}
	})
}

func TestIssueRevokesTheEarlierNumber(t *testing.T) {
	s := create(t, newFiles(t))
	newer := number
	newer.Number = "999999999999"
	update(t, s, func(tx *store.Tx) {
		fill(tx)
		tx.Issue(newer)
	})
	view(t, s, func(tx *store.Tx) {
		old, _ := tx.Number(number.Number)
		same(t, old.State(noon), store.NumberRevoked)
		now, _ := tx.Number(newer.Number)
		same(t, now.State(noon), store.NumberIssued)
		same(t, now.State(newer.Expires), store.NumberExpired)
	})
}

func TestBulkStoresAllOrNothing(t *testing.T) {
	s := create(t, newFiles(t))
	fail := errors.New("a problem in the file")
	err := s.Bulk(t.Context(), func(tx *store.Tx) error { fill(tx); return fail }, func(int, int) {})
	if !errors.Is(err, fail) {
		t.Errorf("got %v", err)
	}
	view(t, s, func(tx *store.Tx) {
		if _, found := tx.Customer(berg.ID); found {
			t.Error("something was stored")
		}
	})
	last := 0
	if err := s.Bulk(t.Context(), func(tx *store.Tx) error { fill(tx); return nil }, func(done, all int) { last = all - done }); err != nil {
		t.Fatal(err)
	}
	same(t, last, 0)
	view(t, s, func(tx *store.Tx) {
		customer, _ := tx.Customer(berg.ID)
		same(t, customer, berg)
		same(t, len(tx.ProductsByNumber(savings.Lookup)), 1)
	})
	moved := berg
	moved.Postcode = "3512 CD"
	if err := s.Bulk(t.Context(), func(tx *store.Tx) error { tx.PutCustomer(moved); return nil }, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	view(t, s, func(tx *store.Tx) { same(t, len(tx.Persons(berg.Person())), 0) })
}

func TestCount(t *testing.T) {
	s := create(t, newFiles(t))
	update(t, s, fill)
	want := map[string]int{}
	for _, table := range store.Tables {
		want[table] = 1
	}
	for folded := range 2 {
		want["audit"] = 1 - folded
		want["log"], want["tile"], want["head"], want["checkpoint"] = folded, folded, folded, 0
		counts, err := s.Count(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		same(t, counts, want)
		if _, err := s.Fold(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestActivityIsTheCustomersOwn: each customer has their audit entries to
// themselves, oldest first, and those about nobody are nobody's.
func TestActivityIsTheCustomersOwn(t *testing.T) {
	s := create(t, newFiles(t))
	update(t, s, func(tx *store.Tx) {
		for _, e := range []store.AuditEntry{
			{Customer: "K1", Outcome: "first", Visit: "v1"}, {Customer: "K2", Outcome: "other", Visit: "v2"},
			{Outcome: "nobody", Visit: "v3"}, {Outcome: "operator"},
		} {
			tx.Record(e)
		}
	})
	update(t, s, func(tx *store.Tx) { tx.Record(store.AuditEntry{Customer: "K1", Outcome: "second", Visit: "v1"}) })
	for id, want := range map[store.CustomerID]string{"K1": "first second", "K2": "other", "K3": ""} {
		var got []string
		view(t, s, func(tx *store.Tx) {
			for e := range tx.Activity(id) {
				got = append(got, e.Outcome)
			}
		})
		if slices.Sort(got); strings.Join(got, " ") != want { // put at the same instant
			t.Errorf("%s has %q, want %q", id, got, want)
		}
	}
}
