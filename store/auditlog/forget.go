package auditlog

import (
	"context"
	"fmt"
	"slices"
	"time"

	"loket/store"
	"loket/store/kvdb"
)

// entryRecords gives access to the records of all entries.
var entryRecords = store.NewTable[EntryRecord](store.LogTable)

// ForgetCustomers makes the audit log forget which entries are about some customers, deletes the activity of these customers, and
// returns the number of those entries. The entries and the hash tree stay, but nobody can find out whom the entries were about.
// Entries that are recorded during the call may be missed.
func ForgetCustomers(ctx context.Context, s *store.Store, ids ...store.CustomerID) (forgotten int, err error) {
	f := forgetter{}
	if err := s.View(ctx, func(tx *store.Tx) error { f.noteCustomers(tx, ids); return nil }); err != nil {
		return 0, err
	}
	for last := ""; ; {
		if _, err := FoldQueued(ctx, s); err != nil {
			return forgotten, err
		}
		n := 0
		if n, last, err = f.forgetEntriesAfter(ctx, s, last); err != nil {
			return forgotten, fmt.Errorf("forget customers in the audit log: %w", err)
		}
		if forgotten += n; n == 0 {
			break
		}
	}
	for _, id := range ids {
		if err := s.ForgetCustomerActivity(ctx, id); err != nil {
			return forgotten, err
		}
	}
	return forgotten, nil
}

// A forgetter finds the entries that are about some customers.
type forgetter struct {
	ids         map[store.CustomerID]bool
	accountKeys map[string]bool // accountKeys are the database keys of the accounts of these customers.
}

func (f *forgetter) noteCustomers(tx *store.Tx, ids []store.CustomerID) {
	f.ids, f.accountKeys = make(map[store.CustomerID]bool, len(ids)), make(map[string]bool, len(ids))
	for _, id := range ids {
		f.ids[id], f.accountKeys[tx.AccountKey(id)] = true, true
	}
}

// forgetEntriesAfter forgets the customers of the entries after a key. It returns the number of these entries, and the last key
// that it read.
func (f *forgetter) forgetEntriesAfter(ctx context.Context, s *store.Store, after string) (n int, last string, err error) {
	last, err = store.ForEachMatch(ctx, s, entryRecords, after, func(_ *store.Tx, _ string, r EntryRecord) bool { return f.isAbout(r) }, func(found []store.KeyedRecord[EntryRecord]) error {
		n += len(found)
		return store.UpdateEach(ctx, s, found, func(tx *store.Tx, e store.KeyedRecord[EntryRecord]) {
			if r, still := entryRecords.Get(tx, e.Key); still && f.isAbout(r) {
				entryRecords.Put(tx, e.Key, r.withoutCustomer())
			}
		})
	})
	return n, last, err
}

// isAbout reports whether an entry is about one of the customers, or about a change of their account. An entry whose changes
// cannot be read was damaged, and stays as it is, for Verify to find.
func (f *forgetter) isAbout(r EntryRecord) bool {
	if r.Customer != "" && f.ids[r.Customer] {
		return true
	}
	if len(r.Changes) == 0 {
		return false
	}
	changes, err := store.DecodeChanges(r.Changes)
	return err == nil && slices.ContainsFunc(changes, func(c store.Change) bool { return f.accountKeys[string(c.Key)] })
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
