package reindex_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"loket/store"
	"loket/store/fixture"
	"loket/store/kvdb"
	"loket/store/reindex"
)

var errStopped = errors.New("stopped")

// breakIndexes stops a load after it wrote one entry of each index without its record, and deleted the entries of a customer.
func breakIndexes(t *testing.T, s fixture.TestStore) func(context.Context) error {
	return func(context.Context) error {
		entries := map[string][]byte{}
		var many []store.CustomerID // More than a transaction may read.
		for n := range kvdb.MaxKeys + 1 {
			many = append(many, store.CustomerID(fmt.Sprint("K9-", n)))
		}
		fixture.MustView(t, s.Store, func(tx *store.Tx) {
			for key, record := range map[string]any{
				tx.PersonKey(store.Person{BirthDate: "1999-01-01"}): []store.CustomerID{fixture.CustomerBerg.ID},
				tx.PersonKey(store.Person{BirthDate: "1999-01-02"}): many,
				tx.EmailKey("weg@example.org", "K9"):                store.CustomerID("K9"),
				tx.UsernameKey("weg"):                               store.CustomerID("K9"),
				tx.ProductNumberKey("WEG"):                          []store.ProductID{"P9"},
			} {
				entries[key] = fixture.SealRecord(s.Keys, key, record)
			}
			entries[tx.PersonKey(fixture.CustomerBerg.PersonFacts())] = nil
			entries[tx.EmailKey(fixture.CustomerBerg.Email, fixture.CustomerBerg.ID)] = nil
			entries[tx.UsernameKey("ABvdZandbergen")] = nil
			entries[tx.ProductNumberKey(fixture.Savings.NormalisedNumber)] = nil
		})
		fixture.PutSealed(t, s.Engine, entries)
		return errStopped
	}
}

// TestMend tests that the indexes are mended after a load that was interrupted, by the next load or when they must be whole, and are
// not looked through otherwise.
func TestMend(t *testing.T) {
	for name, mend := range map[string]func(context.Context, *store.Store) error{
		"the next load": func(ctx context.Context, s *store.Store) error {
			return reindex.Guard(ctx, s, func(context.Context) error { return nil })
		},
		"the next load beside others": func(ctx context.Context, s *store.Store) error {
			return reindex.GuardConcurrent(ctx, s, func(context.Context) error { return nil })
		},
		"a call without a load": reindex.MendIfInterrupted,
	} {
		t.Run(name, func(t *testing.T) {
			s := fixture.NewFilledStore(t)
			if err := reindex.Guard(t.Context(), s.Store, breakIndexes(t, s)); !errors.Is(err, errStopped) {
				t.Fatal(err)
			}
			if found := fixture.FindProblems(t, s.Store); len(found) < 8 {
				t.Fatalf("an interrupted load leaves little to mend: %v", found)
			}
			if err := mend(t.Context(), s.Store); err != nil {
				t.Fatal(err)
			}
			fixture.RequireNoProblems(t, s.Store)

			_ = breakIndexes(t, s)(t.Context()) // No load was interrupted this time.
			before := len(fixture.FindProblems(t, s.Store))
			if err := mend(t.Context(), s.Store); err != nil || before == 0 || len(fixture.FindProblems(t, s.Store)) != before {
				t.Errorf("%d problems became %d without an interrupted load, %v", before, len(fixture.FindProblems(t, s.Store)), err)
			}
		})
	}
}

// TestRequireMending tests that a load mends the indexes at its end if it was required while the load ran.
func TestRequireMending(t *testing.T) {
	for name, guard := range map[string]func(context.Context, *store.Store, func(context.Context) error) error{
		"sole writer": reindex.Guard, "beside others": reindex.GuardConcurrent,
	} {
		t.Run(name, func(t *testing.T) {
			s := fixture.NewFilledStore(t)
			if err := guard(t.Context(), s.Store, func(ctx context.Context) error {
				_ = breakIndexes(t, s)(ctx)
				return reindex.RequireMending(ctx, s.Store)
			}); err != nil {
				t.Fatal(err)
			}
			fixture.RequireNoProblems(t, s.Store)
		})
	}
}
