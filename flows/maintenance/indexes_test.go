package maintenance

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/store"
	"loket/store/reindex"
)

// TestWatchIndexes tests that customers are found again after a bulk load that was interrupted, before the desk was opened or while it is
// open, and that the log tells of a mending that failed.
func TestWatchIndexes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		c := store.Customer{ID: "K1", BirthDate: "1980-01-01", Postcode: "3511AA", HouseNumber: 1}
		o.update(t, func(tx *store.Tx) { tx.PutCustomer(c) })
		interrupt := func() {
			t.Helper()
			err := reindex.GuardConcurrent(t.Context(), o.Store, func(ctx context.Context) error {
				o.update(t, func(tx *store.Tx) { tx.SealedTx().Delete(tx.PersonKey(c.PersonFacts())) })
				return errBroken
			})
			if !errors.Is(err, errBroken) {
				t.Fatal(err)
			}
		}
		isFound := func() (found bool) {
			t.Helper()
			synctest.Wait()
			o.update(t, func(tx *store.Tx) { found = len(tx.CustomersByPerson(c.PersonFacts())) == 1 })
			return found
		}
		interrupt()
		if isFound() {
			t.Fatal("the customer is found after the interruption")
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { o.Run(ctx); close(done) }()
		if !isFound() {
			t.Error("the customer is not found after the desk was opened")
		}
		interrupt()
		o.engine.broken.Store(true)
		time.Sleep(indexCheckInterval)
		synctest.Wait()
		if told := o.log.take(); !strings.Contains(told, "the indexes were not mended") {
			t.Errorf("the log tells %s", told)
		}
		o.engine.broken.Store(false)
		time.Sleep(indexCheckInterval)
		if !isFound() {
			t.Error("the customer is not found a minute after the interruption")
		}
		stop()
		<-done
	})
}

// TestRetentionMends tests that the retention mends the indexes after a bulk load that was interrupted, also if no record is due.
func TestRetentionMends(t *testing.T) {
	o := newOffice(t)
	c := store.Customer{ID: "K1", BirthDate: "1980-01-01", Postcode: "3511AA", HouseNumber: 1}
	o.update(t, func(tx *store.Tx) { tx.PutCustomer(c) })
	if err := reindex.GuardConcurrent(t.Context(), o.Store, func(ctx context.Context) error {
		o.update(t, func(tx *store.Tx) { tx.SealedTx().Delete(tx.PersonKey(c.PersonFacts())) })
		return errBroken
	}); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	o.accept(t)
	o.forget(t)
	o.update(t, func(tx *store.Tx) {
		if len(tx.CustomersByPerson(c.PersonFacts())) != 1 {
			t.Error("the customer is not found after the retention")
		}
	})
}
