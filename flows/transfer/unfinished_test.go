package transfer_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"loket/flows/operator"
	"loket/flows/transfer"
	"loket/store"
	"loket/store/fixture"
	"loket/store/lease"
)

// An import that changes everything by which anna, bram and their product are found, and brings carla and an account.
var (
	withEmails = strings.NewReplacer(`"K1",`, `"K1","email":"anna@example.org",`, `"K2",`, `"K2","email":"bram@example.org",`).Replace(anna+bram) + joint
	moves      = strings.NewReplacer(`"house_number":1`, `"house_number":31`, `"house_number":2`, `"house_number":32`, "@example.org", "@new.example.org", `"number":"`, `"number":"9`).Replace(withEmails) +
		account("K1", "anna") + strings.ReplaceAll(strings.Replace(anna, `"K1"`, `"K3","email":"carla@example.org"`, 1), "1961", "1963")
)

// TestInterruptedThenErased tests that an import that stops after any number of entries, and then an erasure of all customers, leave no
// entry of an index and nothing else for a check to find.
func TestInterruptedThenErased(t *testing.T) {
	afterEachStop(t, func(t *testing.T, s *store.Store) {
		for _, id := range []store.CustomerID{"K1", "K2", "K3"} {
			if _, err := operator.EraseCustomer(t.Context(), deskOf(s), id); err != nil && !errors.Is(err, operator.ErrUnknownCustomer) {
				t.Fatal(err)
			}
		}
		counts := countsOf(t, s)
		for _, table := range []string{store.PersonTable, store.EmailTable, store.UsernameTable, store.ProductNumberTable, store.CustomerTable, store.ProductTable, store.AccountTable} {
			if counts[table] != 0 {
				t.Errorf("%d records of %q are left", counts[table], table)
			}
		}
	})
}

// TestInterruptedThenAnother tests that an import that stops after any number of entries, and then another import than the same one,
// leave nothing for a check to find: everybody is found by the facts that they have.
func TestInterruptedThenAnother(t *testing.T) {
	afterEachStop(t, func(t *testing.T, s *store.Store) {
		mustTake(t, s, strings.ReplaceAll(policy, "P1", "P7"))
	})
}

// afterEachStop interrupts an import after each number of entries, does what comes then, and checks the store.
func afterEachStop(t *testing.T, then func(*testing.T, *store.Store)) {
	t.Helper()
	all := 1
	for after := 0; after < all; after++ {
		s, engine := interruptible(t)
		mustTake(t, s, withEmails)
		if after == 0 {
			trial, counting := interruptible(t)
			mustTake(t, trial, withEmails)
			mustTake(t, trial, moves)
			all = counting.wrote
		}
		engine.breaks = after
		if _, err := take(t, s, moves); !errors.Is(err, transfer.ErrUnfinished) {
			t.Fatalf("after %d entries: %v", after, err)
		}
		engine.breaks = -1
		then(t, s)
		requireNoProblems(t, s)
		if t.Failed() {
			t.Fatalf("after %d entries of %d", after, all)
		}
	}
	if all < 12 {
		t.Errorf("the import has %d entries, so that there is little to interrupt", all)
	}
}

// TestInterruptedBesideThenAnother tests that an import beside others that stops at any transaction, and then another import beside
// others, leave nothing for a check to find.
func TestInterruptedBesideThenAnother(t *testing.T) {
	none := func() {}
	broken := 0
	for after := int64(0); ; after++ {
		s, engine := interruptible(t)
		mustTake(t, s, crowd(100, "Utrecht"))
		engine.updatesLeft.Store(after)
		_, stopped := takeConcurrently(t, t.Context(), s, strings.ReplaceAll(crowd(100, "Utrecht"), "1961", "1962"), none)
		engine.updatesLeft.Store(-1)
		if len(fixture.FindProblems(t, s)) > 0 {
			broken++
		}
		mustUpdate(t, s, func(tx *store.Tx) error { // The time stands still here, so that a lease does not expire.
			lease.Records.Delete(tx, lease.Load.Key())
			return nil
		})
		if _, err := takeConcurrently(t, t.Context(), s, policy, none); err != nil {
			t.Fatal(err)
		}
		requireNoProblems(t, s)
		if stopped == nil {
			break
		}
		if !errors.Is(stopped, errBroken) || t.Failed() {
			t.Fatalf("after %d transactions: %v", after, stopped)
		}
	}
	if broken == 0 {
		t.Error("no interruption left anything to mend")
	}
}

// TestChangedBetweenChunks tests that an import beside others leaves nothing for a check to find if an operator or a visitor changes a
// customer between any two of its transactions.
func TestChangedBetweenChunks(t *testing.T) {
	file := others(100) + strings.Replace(moves, joint, "", 1)
	for name, change := range map[string]func(*testing.T, *store.Store){
		"erased": func(t *testing.T, s *store.Store) {
			if _, err := operator.EraseCustomer(t.Context(), deskOf(s), "K1"); err != nil {
				t.Error(err)
			}
		},
		"account opened": func(t *testing.T, s *store.Store) {
			mustUpdate(t, s, func(tx *store.Tx) error {
				if _, has := tx.Account("K1"); !has {
					tx.PutAccount(store.Account{Customer: "K1", Username: "kiosk"})
				}
				return nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for after, changed := int64(0), true; changed; after++ {
					s, engine := interruptible(t)
					mustTake(t, s, withEmails)
					changed = false
					engine.meanwhile = func() { changed = true; change(t, s) }
					engine.updatesLeft.Store(after)
					_, err := takeConcurrently(t, t.Context(), s, file, func() {})
					if _, are := errors.AsType[*transfer.Problems](err); err != nil && !are {
						t.Error(err)
					}
					requireNoProblems(t, s)
					if t.Failed() {
						t.Fatalf("changed before transaction %d", after)
					}
				}
			})
		})
	}
}

// TestUsernameLeadsElsewhere tests that an import may give a customer a username whose entry leads to an account with another username.
func TestUsernameLeadsElsewhere(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, anna+bram+account("K2", "bram"))
	mustUpdate(t, s, func(tx *store.Tx) error {
		store.NewTable[store.CustomerID](store.UsernameTable).Put(tx, tx.UsernameKey("anna"), "K2")
		return nil
	})
	mustTake(t, s, account("K1", "anna"))
	requireNoProblems(t, s)
}
