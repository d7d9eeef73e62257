package auditlog

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"loket/store"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// ForgetCustomer makes the audit log forget which entries are about a customer, deletes the customer's activity, and returns
// the number of those entries. The entries and the hash tree stay, but nobody can find out whom the entries were about.
// Entries that are recorded during the call may be missed.
func ForgetCustomer(ctx context.Context, s *store.Store, id store.CustomerID) (forgotten int, err error) {
	for from := int64(0); ; {
		if _, err := FoldQueued(ctx, s); err != nil {
			return forgotten, err
		}
		about, next, err := entriesAbout(ctx, s, id, from)
		if err != nil {
			return forgotten, fmt.Errorf("find a customer in the audit log: %w", err)
		}
		if len(about) == 0 {
			return forgotten, s.ForgetCustomerActivity(ctx, id)
		}
		if err := store.UpdateEach(ctx, s, about, func(tx *store.Tx, number int64) { forgetEntryCustomer(tx, number, id) }); err != nil {
			return forgotten, fmt.Errorf("forget a customer in the audit log: %w", err)
		}
		forgotten += len(about)
		from = next
	}
}

// entriesAbout returns the numbers of entries about a customer, starting at a given number. It also returns the number after
// the last entry that it read.
func entriesAbout(ctx context.Context, s *store.Store, id store.CustomerID, from int64) (about []int64, next int64, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		head, err := loadHead(tx)
		if err != nil {
			return err
		}
		about, next = nil, head.edge.Size
		for number := max(from, head.newest.FirstKept); number < next; number++ {
			if r, _ := sealedkv.Get[EntryRecord](tx.SealedTx(), numberedKey(store.LogTable, number)); isAbout(tx, r, id) {
				about = append(about, number)
			}
		}
		return nil
	})
	return about, next, err
}

func forgetEntryCustomer(tx *store.Tx, number int64, id store.CustomerID) {
	key := numberedKey(store.LogTable, number)
	if r, found := sealedkv.Get[EntryRecord](tx.SealedTx(), key); found && isAbout(tx, r, id) {
		sealedkv.Put(tx.SealedTx(), key, r.withoutCustomer())
	}
}

// isAbout reports whether an entry is about a customer, or about a change of their
// account.
func isAbout(tx *store.Tx, r EntryRecord, id store.CustomerID) bool {
	return r.Customer == id || bytes.Contains(r.Changes, []byte(tx.AccountKey(id)))
}

// maxForgetBatch is the number of entries that one transaction deletes. Each entry takes three reads (the entry, and a search
// for it in an activity) and two writes. The transaction also reads the head and two tiles.
const maxForgetBatch = (kvdb.MaxKeys - 3) / 3

// ForgetEntriesBefore deletes the oldest entries of the audit log, up to the first one that is not before the given time, and
// removes them from the activities. It returns the number of deleted entries. Their hashes stay, so that the remaining log can
// still be verified, and later checkpoints say which entry is the first remaining one. The error is ErrDamaged if one of the
// entries was changed, because after deleting it nobody could detect that.
func ForgetEntriesBefore(ctx context.Context, s *store.Store, before time.Time) (dropped int, err error) {
	for {
		n := 0
		if err := s.Update(ctx, func(tx *store.Tx) (err error) { n, err = forgetEntryBatch(tx, before); return err }); err != nil {
			return dropped, fmt.Errorf("let go of the oldest entries in the audit log: %w", err)
		}
		if n == 0 {
			return dropped, nil
		}
		dropped += n
	}
}

// forgetEntryBatch deletes as many entries as fit into one transaction.
func forgetEntryBatch(tx *store.Tx, before time.Time) (dropped int, err error) {
	head, err := loadHead(tx)
	if err != nil {
		return 0, err
	}
	first := head.newest.FirstKept
	next := first
	for ; next < min(head.edge.Size, first+maxForgetBatch); next++ {
		e, err := loadIntactEntry(tx, next)
		if err != nil {
			return 0, err
		}
		if !e.At.Before(before) {
			break
		}
		tx.SealedTx().Delete(numberedKey(store.LogTable, next))
		if !e.Erased { // Activity of an erased customer is deleted already.
			tx.ForgetActivityEntry(e.AuditEntry)
		}
	}
	if next > first {
		_, err = signAndPutHead(tx, head.edge, next)
	}
	return int(next - first), err
}
