package auditlog_test

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/checkpoint"
	"loket/store/fixture"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// A ledger is a store with a clock and an engine that a test can use.
type ledger struct {
	*store.Store
	engine kvdb.Engine
	keys   *keyring.Keys
	now    time.Time
	mutex  sync.Mutex
}

// synced returns an engine that flushes to disk, as that of a desk does.
var synced = bolt.Options{}

func newLedger(tb testing.TB, options ...bolt.Options) *ledger {
	tb.Helper()
	options = append(options, bolt.Options{NoSync: true})
	f := fixture.NewFiles(tb)
	keys, err := keyring.CreateKeyFile(f.Keys)
	if err != nil {
		tb.Fatal(err)
	}
	engine, err := bolt.Create(f.DB, options[0])
	if err != nil {
		tb.Fatal(err)
	}
	l := &ledger{engine: engine, keys: keys, now: fixture.MondayNoon}
	l.Store = l.again(tb, engine)
	tb.Cleanup(func() { engine.Close() })
	return l
}

// again returns another store on the same database, as in another process.
func (l *ledger) again(tb testing.TB, engine kvdb.Engine) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), engine, l.keys, l.clock)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// clock advances by a millisecond at each reading.
func (l *ledger) clock() time.Time {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.now = l.now.Add(time.Millisecond)
	return l.now
}

// about returns the customer of the n-th entry of record.
func about(n int) store.CustomerID {
	if n%3 == 0 {
		return ""
	}
	return store.CustomerID(fmt.Sprint("K", n%3))
}

// record queues a number of entries, which are identified by their outcomes.
func (l *ledger) record(tb testing.TB, from, to int) {
	tb.Helper()
	const together = kvdb.MaxKeys / 2
	for from < to {
		until := min(to, from+together)
		fixture.MustUpdate(tb, l.Store, func(tx *store.Tx) {
			for n := from; n < until; n++ {
				tx.Now = l.clock().Truncate(time.Microsecond)
				tx.RecordAudit(store.AuditEntry{Terminal: "Utrecht 1", Visit: fmt.Sprint("v", n/4), Flow: "log in", Step: "ask", Outcome: fmt.Sprint("outcome ", n), Customer: about(n)})
			}
		})
		from = until
	}
}

// foldLimit ends a FoldQueued that would never end because of a fault.
const foldLimit = 20 * time.Second

func (l *ledger) fold(tb testing.TB) int {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), foldLimit)
	defer cancel()
	folded, err := auditlog.FoldQueued(ctx, l.Store)
	if err != nil {
		tb.Fatal(err)
	}
	return folded
}

func (l *ledger) verify(tb testing.TB, outside ...checkpoint.Checkpoint) auditlog.Verification {
	tb.Helper()
	found, err := auditlog.Verify(tb.Context(), l.Store, l.Verifier(), outside)
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

// sound verifies the log, which must be sound and have a number of entries.
func (l *ledger) sound(tb testing.TB, size int, outside ...checkpoint.Checkpoint) auditlog.Verification {
	tb.Helper()
	found := l.verify(tb, outside...)
	if found.Fault != nil || found.Newest.Size != int64(size) || found.MatchedOutside != len(outside) {
		tb.Fatalf("found %+v, fault %v, want %d entries that fit %d checkpoints", found, found.Fault, size, len(outside))
	}
	return found
}

func (l *ledger) newest(tb testing.TB) checkpoint.Checkpoint {
	tb.Helper()
	c, found, err := auditlog.NewestCheckpoint(tb.Context(), l.Store)
	if err != nil || !found {
		tb.Fatalf("checkpoint: found %v, %v", found, err)
	}
	return c
}

func (l *ledger) entries(tb testing.TB) (entries []auditlog.Entry) {
	tb.Helper()
	fixture.MustView(tb, l.Store, func(tx *store.Tx) { entries = slices.Collect(auditlog.LoggedEntries(tx)) })
	return entries
}

func (l *ledger) dump(tb testing.TB) (dump map[string][]byte) {
	tb.Helper()
	fixture.MustView(tb, l.Store, func(tx *store.Tx) { dump = auditlog.LogDump(tx) })
	return dump
}

// become replaces the records of the log.
func (l *ledger) become(tb testing.TB, was, is map[string][]byte) {
	tb.Helper()
	keys := map[string]bool{}
	for key := range maps.Keys(was) {
		keys[key] = true
	}
	for key := range maps.Keys(is) {
		keys[key] = true
	}
	var changes iter.Seq2[string, []byte] = func(yield func(string, []byte) bool) {
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			before, after := was[key], is[key]
			if string(before) != string(after) && !yield(key, after) {
				return
			}
		}
	}
	if err := l.engine.Load(tb.Context(), changes); err != nil {
		tb.Fatal(err)
	}
}
