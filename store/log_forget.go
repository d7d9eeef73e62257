package store

import (
	"context"
	"fmt"
	"time"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// ForgetInLog drops from the audit log which of its entries are about a customer,
// and all of their activity. What happened stays, and so does the tree: but
// nobody can tell any more whom it happened to. It gives the number of entries.
// What is recorded about them while it runs may stay.
func (s *Store) ForgetInLog(ctx context.Context, id CustomerID) (forgotten int, err error) {
	for from := int64(0); ; {
		if _, err := s.Fold(ctx); err != nil {
			return forgotten, err
		}
		about, next, err := s.logAbout(ctx, id, from)
		if err != nil {
			return forgotten, fmt.Errorf("find a customer in the audit log: %w", err)
		}
		if len(about) == 0 {
			return forgotten, s.forgetAllActivity(ctx, id)
		}
		if err := Each(ctx, s, about, func(tx *Tx, number int64) { tx.forgetInLog(number, id) }); err != nil {
			return forgotten, fmt.Errorf("forget a customer in the audit log: %w", err)
		}
		forgotten += len(about)
		from = next
	}
}

// logAbout lists the entries about a customer that come from a number on, and
// tells which one comes after the last.
func (s *Store) logAbout(ctx context.Context, id CustomerID, from int64) (about []int64, next int64, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		head, err := tx.logHead()
		if err != nil {
			return err
		}
		about, next = nil, head.edge.Size
		for number := max(from, head.newest.Kept); number < next; number++ {
			if r, _ := sealedkv.Get[logRecord](tx.sealed, numberedKey(logEntries, number)); r.Customer == id {
				about = append(about, number)
			}
		}
		return nil
	})
	return about, next, err
}

func (tx *Tx) forgetInLog(number int64, id CustomerID) {
	key := numberedKey(logEntries, number)
	if r, found := sealedkv.Get[logRecord](tx.sealed, key); found && r.Customer == id {
		sealedkv.Put(tx.sealed, key, r.forget())
	}
}

// forgetAllActivity drops all the activity of a customer.
func (s *Store) forgetAllActivity(ctx context.Context, id CustomerID) error {
	var keys []string
	err := s.View(ctx, func(tx *Tx) error {
		keys = nil
		for key := range tx.sealed.KV.Scan(tx.activityOf(AuditEntry{Customer: id}) + "/") {
			keys = append(keys, key)
		}
		return nil
	})
	if err == nil {
		err = Each(ctx, s, keys, func(tx *Tx, key string) { tx.sealed.Delete(key) })
	}
	if err != nil {
		return fmt.Errorf("forget the activity of a customer: %w", err)
	}
	return nil
}

// forgottenTogether is how many entries are dropped in one transaction: each takes
// three reads (it, and the search for it in an activity) and two writes, and
// beside them are read the head and two tiles.
const forgottenTogether = (kvdb.MaxKeys - 3) / 3

// ForgetLogBefore drops the entries of the audit log that are older than an
// instant, up to the first that is not, and takes them out of the activity that
// they are in. Their hashes stay, so that the rest can still be verified, and
// checkpoints say from then on which entry is the first one kept. It gives how
// many entries were dropped. The error is ErrLogDamaged if one that was to be
// dropped is not as it was logged: nobody would find that any more.
func (s *Store) ForgetLogBefore(ctx context.Context, before time.Time) (dropped int, err error) {
	for {
		n := 0
		if err := s.Update(ctx, func(tx *Tx) (err error) { n, err = tx.forgetBefore(before); return err }); err != nil {
			return dropped, fmt.Errorf("let go of the oldest entries in the audit log: %w", err)
		}
		if n == 0 {
			return dropped, nil
		}
		dropped += n
	}
}

// forgetBefore drops as many entries as one transaction can.
func (tx *Tx) forgetBefore(before time.Time) (dropped int, err error) {
	head, err := tx.logHead()
	if err != nil {
		return 0, err
	}
	first := head.newest.Kept
	next := first
	for ; next < min(head.edge.Size, first+forgottenTogether); next++ {
		e, err := tx.asLogged(next)
		if err != nil {
			return 0, err
		}
		if !e.At.Before(before) {
			break
		}
		tx.sealed.Delete(numberedKey(logEntries, next))
		tx.forgetActivity(e)
	}
	if next > first {
		_, err = tx.putLogHead(head.edge, next)
	}
	return int(next - first), err
}

// forgetActivity takes e out of the activity that it is in. Those of the same
// instant go with their own entries.
func (tx *Tx) forgetActivity(e LogEntry) {
	if e.Forgotten {
		return // that went when the customer did
	}
	for key := range tx.sealed.KV.Scan(fmt.Sprintf("%s/%0*x", tx.activityOf(e.AuditEntry), instantDigits, e.At.UnixMicro())) {
		tx.sealed.Delete(key)
		return
	}
}
