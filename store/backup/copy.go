package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"loket/store"
	"loket/store/kvdb"
)

// Errors of Copy that prevent a copy.
var (
	ErrTargetNotBlank = errors.New("there is something already where the copy is to go")
	ErrOtherCopyBegun = errors.New("what was begun there is the copy of another store")
	ErrStillChanging  = errors.New("the store goes on changing while it is copied")
	ErrDamagedRecords = errors.New("the store has damaged records")
)

const (
	recordsPerCopyChunk = 4096 // recordsPerCopyChunk is the number of records copied at once.
	maxCopyRounds       = 6
)

// A CopyRound is one pass of Copy over all records. The first round copies them. Each later round verifies the copy, and copies
// the records that have changed in the meantime.
type CopyRound struct {
	Number  int // Number is the number of the round, starting at 1.
	Began   time.Time
	Records int
	Changed int // Changed counts records that differed in the copy.
}

// Copy copies the sealed records of the store to another engine, while others may write to the store. It makes rounds over all
// records until the copy has exactly the same records, byte for byte. Then the copy is a snapshot of the store, without later
// changes. The error is ErrStillChanging if something has changed in every round. If records cannot be unsealed, the error
// wraps ErrDamagedRecords and a *Damage, and there is no copy.
//
// After an interruption, calling Copy again completes the copy. Until the copy is complete, nobody can open it as a store: see
// store.ErrIncompleteCopy.
func Copy(ctx context.Context, s *store.Store, to kvdb.Engine, progress func(round CopyRound, done int)) (CopyRound, error) {
	c := &copier{from: s, to: to, progress: progress}
	if err := c.checkTarget(ctx); err != nil {
		return CopyRound{}, fmt.Errorf("copy: %w", err)
	}
	for n := range maxCopyRounds {
		c.round = CopyRound{Number: n + 1, Began: s.Now()}
		if err := s.Engine().View(ctx, func(kv kvdb.KV) error { return c.copySnapshot(ctx, kv) }); err != nil {
			return c.round, fmt.Errorf("copy: %w", err)
		}
		switch {
		case c.damage.Count > 0:
			return c.round, fmt.Errorf("copy: %w: %w", ErrDamagedRecords, &c.damage)
		case c.round.Changed == 0:
			return c.round, c.finishTarget(ctx)
		}
	}
	return c.round, ErrStillChanging
}

// copier copies a store.
type copier struct {
	from        *store.Store
	to          kvdb.Engine
	progress    func(CopyRound, int)
	round       CopyRound
	copiedCount int
	damage      Damage
}

// checkTarget checks that the target engine is empty, or has an incomplete copy of the same store.
func (c *copier) checkTarget(ctx context.Context) error {
	return c.to.View(ctx, func(kv kvdb.KV) error {
		_, whole := kv.Get(store.SchemaKey)
		seal, begun := kv.Get(store.SealMarkKey)
		switch {
		case whole:
			return ErrTargetNotBlank
		case begun:
			if _, err := c.from.Keys().Unseal(store.SealMarkKey, seal); err != nil {
				return ErrOtherCopyBegun
			}
			return nil
		}
		for _, table := range store.AllTables() {
			for range kv.Scan(table + "/") {
				return ErrTargetNotBlank
			}
		}
		return nil
	})
}

// copySnapshot copies one snapshot of the store. The seal of the store is copied first, to show which store the copy belongs
// to.
func (c *copier) copySnapshot(ctx context.Context, kv kvdb.KV) error {
	c.copiedCount, c.round.Records = 0, 0
	for _, table := range store.AllTables() {
		for range store.SealedEntries(kv, table) {
			c.round.Records++
		}
	}
	for _, table := range store.AllTables() {
		after := ""
		for chunk := range kvdb.EntryChunks(kv, table, recordsPerCopyChunk) {
			until := chunk[len(chunk)-1].Key
			chunk = slices.DeleteFunc(chunk, func(e kvdb.Entry) bool { return e.Key == store.SchemaKey })
			if err := c.syncKeyRange(ctx, table, after, until, chunk); err != nil {
				return err
			}
			after = until
		}
		if err := c.syncKeyRange(ctx, table, after, "", nil); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// syncKeyRange makes the target have exactly the given records between two keys of a table. The range does not include the key
// after, but includes until. If until is empty, the range extends to the end of the table.
func (c *copier) syncKeyRange(ctx context.Context, table, after, until string, records []kvdb.Entry) error {
	c.damage.addDamaged(findDamagedKeys(c.from.Keys(), records))
	changes := map[string][]byte{}
	for _, r := range records {
		changes[r.Key] = r.Value
	}
	if err := c.to.View(ctx, func(kv kvdb.KV) error {
		for key, sealed := range kv.ScanAfter(table+"/", after) {
			if until != "" && key > until {
				return nil
			}
			if wanted, is := changes[key]; !is {
				changes[key] = nil
			} else if bytes.Equal(sealed, wanted) {
				delete(changes, key)
			}
		}
		return nil
	}); err != nil {
		return err
	}
	if err := c.writeChanges(ctx, changes); err != nil {
		return err
	}
	c.copiedCount += len(records)
	c.round.Changed += len(changes)
	c.progress(c.round, c.copiedCount)
	return nil
}

// writeChanges writes the records that differ in the target. A nil value deletes a record.
func (c *copier) writeChanges(ctx context.Context, changes map[string][]byte) error {
	if len(changes) == 0 {
		return nil
	}
	return c.to.Load(ctx, func(yield func(string, []byte) bool) {
		for _, key := range slices.Sorted(maps.Keys(changes)) {
			if !yield(key, changes[key]) {
				return
			}
		}
	})
}

// AuditStepCopy is the step of the audit entry by which a copy says that it is a copy.
const (
	AuditStepCopy = "copy"
	outcomeCopied = "copied"
)

// finishTarget turns the target into a store, with an audit entry that says that it is a copy.
func (c *copier) finishTarget(ctx context.Context) error {
	now := c.from.Now().UTC().Truncate(time.Microsecond)
	entries, err := store.SealedAuditEntries(now, c.from.Keys(), store.AuditEntry{
		Terminal: store.AuditOperator, Flow: store.AuditOperator, Step: AuditStepCopy, Outcome: outcomeCopied,
	})
	if err != nil {
		return err
	}
	return c.to.Update(ctx, func(kv kvdb.KV) error {
		for _, e := range entries {
			kv.Put(e.Key, e.Value)
		}
		kv.Put(store.SchemaKey, []byte(strconv.Itoa(store.Version)))
		return nil
	})
}
