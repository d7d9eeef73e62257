package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/fixture"
	"loket/store/kvdb"
)

// TestMigrationFromSchema1 opens a store from before there was a courier: its messages
// are sent in the order in which they were written.
func TestMigrationFromSchema1(t *testing.T) {
	for _, interrupted := range []bool{false, true} {
		t.Run(fmt.Sprint("interrupted ", interrupted), func(t *testing.T) {
			f := fixture.WriteVersion(t, 1)
			if interrupted { // after the schedule was written, and before the messages
				fixture.ChangeRawEntries(t, f, func(kv kvdb.KV) {
					for key := range kv.Scan("outbox/") {
						id, channel := key[len("outbox/"):], "email"
						if strings.HasSuffix(id, "CLWGZZHHV") {
							channel = "letter"
						}
						kv.Put("turn/"+channel+"/"+id[:16]+id, nil)
					}
				})
			}
			fixture.Migrate(t, f).Close()
			s := fixture.Migrate(t, f)
			fixture.MustView(t, s, func(tx *store.Tx) {
				var order []string
				for _, channel := range store.Channels {
					for turn := range tx.DueEntries(channel) {
						m, found := tx.Message(turn.Message)
						if !found || m.SendState() != store.MessageWaiting || !m.Due.Equal(m.Written) || !turn.At.Equal(m.Written) {
							t.Errorf("turn %+v of %+v", turn, m)
						}
						if m.Channel == channel {
							order = append(order, string(m.Channel)+" "+m.Template+" "+m.Facts["name"])
						}
					}
				}
				want := []string{"email username A. Bakker", "email password_changed A. Bakker", "letter temporary_password B. Bos"}
				if diff := cmp.Diff(want, order); diff != "" {
					t.Error(diff)
				}
			})
			s.Close()
			fixture.ChangeRawEntries(t, f, func(kv kvdb.KV) {
				if version, _ := kv.Get("meta/schema"); string(version) != fmt.Sprint(store.Version) {
					t.Errorf("the schema has version %s", version)
				}
			})
		})
	}
}

// TestMigrationFromSchema2 opens a store with the digits of activation numbers: each
// number is still found by its digits, in the same state, and no digits are readable any
// more.
func TestMigrationFromSchema2(t *testing.T) {
	f := fixture.WriteVersion(t, 2)
	for range 2 { // the second time there is nothing left to migrate
		s := fixture.Migrate(t, f)
		fixture.MustView(t, s, func(tx *store.Tx) {
			for digits, want := range map[string]store.NumberState{
				"481620957733": store.NumberRevoked, "481620950000": store.NumberIssued, "000000000012": store.NumberUsed,
			} {
				n, found := tx.Number(digits)
				if !found || n.NumberStateAt(fixture.MondayNoon) != want || n.Tail != digits[8:] || n.Application != "A1" {
					t.Errorf("%s is %+v, found %v", digits, n, found)
				}
			}
			a, _ := tx.Application("A1")
			fixture.RequireEqual(t, a.LatestNumbers, map[store.CustomerID]store.NumberID{"K1": tx.NumberID("481620950000"), "K2": tx.NumberID("000000000012")})
			for n := range tx.Numbers() {
				fixture.RequireEqual(t, n.Number, "")
			}
		})
		s.Close()
	}
}

// TestMigrationFromSchema3 opens a store whose audit log was a table: the table is now
// the queue, and all of it is folded into the log. A program without the log refuses the
// store.
func TestMigrationFromSchema3(t *testing.T) {
	f := fixture.WriteVersion(t, 3)
	for range 2 { // the second time there is nothing left to migrate
		s := fixture.Migrate(t, f)
		if _, err := auditlog.FoldQueued(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		fixture.MustView(t, s, func(tx *store.Tx) {
			n := 0
			for e := range auditlog.LoggedEntries(tx) {
				if n == 5 { // the entry of the migration
					fixture.RequireEqual(t, e.Step+": "+e.Outcome, fmt.Sprintf("migrate: migrated from schema version 3 to %d", store.Version))
					n++
					continue
				}
				customer := store.CustomerID(fmt.Sprint("K", n%2+1))
				if n == 2 {
					customer = ""
				}
				fixture.RequireEqual(t, e.AuditEntry, store.AuditEntry{
					At: time.Date(2026, 11, 22, 9, n+1, 0, 0, time.UTC), Terminal: "Utrecht 1", Visit: fmt.Sprint("v", n/2),
					Flow: "log in", Step: "ask", Outcome: fmt.Sprint("outcome ", n), Customer: customer,
				})
				n++
			}
			fixture.RequireEqual(t, n, 6)
			fixture.RequireEqual(t, len(slices.Collect(tx.CustomerActivity("K1"))), 2)
		})
		found, err := auditlog.Verify(t.Context(), s, s.Verifier(), nil)
		if err != nil || found.Fault != nil || found.Newest.Size != 6 {
			t.Errorf("found %+v, %v", found, err)
		}
		s.Close()
	}
	fixture.ChangeRawEntries(t, f, func(kv kvdb.KV) {
		if version, _ := kv.Get("meta/schema"); string(version) != fmt.Sprint(store.Version) {
			t.Errorf("the schema has version %s", version)
		}
	})
}

// TestMigrationFromSchema4 opens a store from before there were phones: its account is
// unchanged, and has no phone until one is paired.
func TestMigrationFromSchema4(t *testing.T) {
	f := fixture.WriteVersion(t, 4)
	day := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	want := store.Account{
		Customer: "K1", Username: "ABakker", HasLoggedIn: true, Origin: 7, PasswordGeneration: 3,
		PasswordHash: "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		Temporary:    store.TemporaryPassword{Hash: "h", Expires: day},
		NewEmail:     store.NewEmail{Address: "nieuw@example.org", Code: "c", Expires: day},
	}
	for range 2 { // the second time there is nothing left to migrate
		s := fixture.Migrate(t, f)
		fixture.RequireNoProblems(t, s)
		fixture.MustView(t, s, func(tx *store.Tx) {
			a, _ := tx.AccountByUsername("abakker")
			fixture.RequireEqual(t, a, want)
			_, found := tx.AccountByHandle(nil)
			fixture.RequireEqual(t, found, false)
		})
		s.Close()
	}
	s := fixture.ReopenStore(t, f)
	want.UserHandle, want.Passkeys = []byte("handle"), []store.Passkey{{ID: []byte("id"), Name: "Telefoon 1", Paired: fixture.MondayNoon}}
	fixture.MustUpdate(t, s, func(tx *store.Tx) { tx.PutAccount(want) })
	fixture.RequireNoProblems(t, s)
	fixture.MustView(t, s, func(tx *store.Tx) {
		a, _ := tx.AccountByHandle([]byte("handle"))
		want.Version = 1 // counted from now on
		fixture.RequireEqual(t, a, want)
	})
}

// TestMigrationFromSchema5 opens a store in which one number and one temporary password
// were valid at a time: those that were replaced stay so, and from now on two are valid.
func TestMigrationFromSchema5(t *testing.T) {
	f := fixture.WriteVersion(t, 5)
	for range 2 { // the second time there is nothing left to migrate
		s := fixture.Migrate(t, f)
		fixture.RequireNoProblems(t, s)
		fixture.MustView(t, s, func(tx *store.Tx) {
			for digits, want := range map[string]store.NumberState{"481620957733": store.NumberRevoked, "481620950000": store.NumberIssued} {
				if n, found := tx.Number(digits); !found || n.NumberStateAt(fixture.MondayNoon) != want {
					t.Errorf("%s is %+v, found %v", digits, n, found)
				}
			}
			a, _ := tx.AccountByUsername("abakker")
			fixture.RequireEqual(t, a.PreviousTemporary, store.TemporaryPassword{})
			if found, is := a.FindTemporaryByHash("t"); !is || !found.ArrivesBy.IsZero() {
				t.Errorf("its temporary password is %+v", found)
			}
		})
		s.Close()
	}
	s := fixture.ReopenStore(t, f)
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		tx.IssueNumber(store.ActivationNumber{Number: "481620951111", Customer: "K1", Application: "A1", Issued: tx.Now, Expires: tx.Now.AddDate(0, 6, 0)})
		if n, _ := tx.Number("481620950000"); n.NumberStateAt(tx.Now) != store.NumberIssued {
			t.Errorf("the one before a new one is %s", n.NumberStateAt(tx.Now))
		}
	})
	fixture.RequireNoProblems(t, s)
}

// TestMigrationFromSchema6 opens a store in which nothing could end: all goes on, and now it can.
func TestMigrationFromSchema6(t *testing.T) {
	f := fixture.WriteVersion(t, 6)
	for range 2 { // the second time there is nothing left to do
		s := fixture.Migrate(t, f)
		fixture.RequireNoProblems(t, s)
		fixture.MustView(t, s, func(tx *store.Tx) {
			c, _ := tx.Customer("K1")
			p, _ := tx.Product("P1")
			a, _ := tx.Application("A1")
			if !c.IsActive() || !c.IsInBankFeed() || p.IsClosed() || !p.IsInBankFeed() || !a.IsInBankFeed() || !c.FactsChangedAtDesk().Phone || c.FactsChangedAtDesk().OthersUnknown {
				t.Errorf("there are %+v, %+v and %+v", c, p, a)
			}
		})
		s.Close()
	}
	s := fixture.ReopenStore(t, f)
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		a, _ := tx.Application("A1")
		tx.EndApplication(a)
		p, _ := tx.Product("P1")
		tx.EndProduct(p)
		tx.RetireProduct("P1")
	})
	fixture.RequireNoProblems(t, s)
}

// TestMigrationFromSchema7 opens a store in which every e-mail address counts as confirmed, and
// keeps from then on which one does not.
func TestMigrationFromSchema7(t *testing.T) {
	f := fixture.WriteVersion(t, 7)
	for range 2 { // the second time there is nothing left to do
		s := fixture.Migrate(t, f)
		fixture.RequireNoProblems(t, s)
		fixture.MustView(t, s, func(tx *store.Tx) {
			if c, found := tx.Customer("K1"); !found || !c.UnconfirmedSince.IsZero() {
				t.Errorf("there is %+v", c)
			}
		})
		s.Close()
	}
	s := fixture.ReopenStore(t, f)
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		c, _ := tx.Customer("K1")
		before := c.LineFingerprint()
		c.UnconfirmedSince = tx.Now
		tx.PutCustomer(c)
		if c, _ := tx.Customer("K1"); !c.UnconfirmedSince.Equal(tx.Now) || c.LineFingerprint() != before {
			t.Errorf("there is %+v, of another line: %v", c, c.LineFingerprint() != before)
		}
	})
}

// TestMigrationFromSchema8 opens a store that noted neither since when customers are deceased nor when their last product ended: those
// who are gone count as gone from the migration on, and nobody else changes.
func TestMigrationFromSchema8(t *testing.T) {
	f := fixture.WriteVersion(t, 8)
	for range 2 { // the second time there is nothing left to do
		s := fixture.Migrate(t, f)
		fixture.RequireNoProblems(t, s)
		fixture.MustView(t, s, func(tx *store.Tx) {
			for id, want := range map[store.CustomerID]time.Time{"K1": fixture.MondayNoon, "K2": {}, "K3": fixture.MondayNoon} {
				if c, found := tx.Customer(id); !found || !c.GoneSince().Equal(want) || c.DeceasedSince.IsZero() == (c.Status == store.CustomerDeceased) {
					t.Errorf("customer %s is gone since %v, want %v: %+v", id, c.GoneSince(), want, c)
				}
			}
		})
		s.Close()
	}
}

// TestMigrationFromSchema9 opens a store that found nobody by e-mail address: now it finds everybody who has one, in whatever
// letters, and nobody who is being erased.
func TestMigrationFromSchema9(t *testing.T) {
	f := fixture.WriteVersion(t, 9)
	for range 2 { // the second time there is nothing left to do
		s := fixture.Migrate(t, f)
		fixture.RequireNoProblems(t, s)
		fixture.MustView(t, s, func(tx *store.Tx) {
			for email, want := range map[string][]store.CustomerID{"SAMEN@example.org": {"K1", "K2"}, "eigen@example.org": {"K5"}, "weg@example.org": nil, "": nil} {
				got := tx.CustomersByEmail(email, 9)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s finds %v, want %v", email, got, want)
				}
			}
		})
		s.Close()
	}
}

// TestMigrationFromSchema10 opens a store in which all letters had normal print: that stays so until a customer chooses another,
// which is then noted as every other change at the desk.
func TestMigrationFromSchema10(t *testing.T) {
	f := fixture.WriteVersion(t, 10)
	language := "nl"
	changes := store.DeskChanges{Language: true, BankFacts: store.BankFacts{Language: &language}}
	for range 2 { // the second time there is nothing left to do
		s := fixture.Migrate(t, f)
		fixture.RequireNoProblems(t, s)
		fixture.MustView(t, s, func(tx *store.Tx) {
			c, _ := tx.Customer("K1")
			fixture.RequireEqual(t, c.DeskChanges, changes)
			fixture.RequireEqual(t, c.LetterPrint, "")
			for m := range tx.Messages() {
				fixture.RequireEqual(t, m.LetterPrint, "")
			}
		})
		s.Close()
	}
	s := fixture.ReopenStore(t, f)
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		c, _ := tx.Customer("K1")
		before := c
		c.LetterPrint = store.LargePrint
		c.NoteDeskChanges(before)
		tx.PutCustomer(c)
		changes.LetterPrint, changes.BankFacts.LetterPrint = true, new(string)
		if c, _ := tx.Customer("K1"); c.LetterPrint != store.LargePrint || c.LineFingerprint() == before.LineFingerprint() {
			t.Errorf("there is %+v", c)
		} else {
			fixture.RequireEqual(t, c.DeskChanges, changes)
		}
	})
}

// TestMigrationFromSchema11 opens a store that had no index from customers to their messages, and that may come from schema 8: the
// newest messages of each customer are found, and those who are gone count as gone from the migration on, unless the end of their
// last product was noted.
func TestMigrationFromSchema11(t *testing.T) {
	for _, interrupted := range []bool{false, true} {
		f := fixture.WriteVersion(t, 11)
		if interrupted { // after some of the index was written, and before the other records
			s := fixture.Migrate(t, fixture.WriteVersion(t, 11))
			var index kvdb.Entry
			fixture.MustView(t, s, func(tx *store.Tx) {
				key, newest := tx.AddresseeKey("K1"), tx.RecentMessages("K1")[0].ID
				index = kvdb.Entry{Key: key, Value: fixture.SealRecord(s.Keys(), key, []string{newest})}
			})
			s.Close()
			fixture.ChangeRawEntries(t, f, func(kv kvdb.KV) { kv.Put(index.Key, index.Value) })
		}
		for range 2 { // the second time there is nothing left to do
			s := fixture.Migrate(t, f)
			fixture.RequireNoProblems(t, s)
			fixture.MustView(t, s, func(tx *store.Tx) {
				found := ""
				for _, m := range tx.RecentMessages("K1") {
					found += m.Facts["n"]
				}
				fixture.RequireEqual(t, found, "vutsqponmljihgfecba")
				fixture.RequireEqual(t, len(tx.RecentMessages("K2"))+len(tx.RecentMessages("")), 0)
				for id, want := range map[store.CustomerID]time.Time{"K1": {}, "K2": fixture.MondayNoon, "K3": fixture.MondayNoon.AddDate(0, -6, 0)} {
					if c, _ := tx.Customer(id); !c.GoneSince().Equal(want) {
						t.Errorf("customer %s is gone since %v, want %v", id, c.GoneSince(), want)
					}
				}
			})
			s.Close()
		}
	}
}
