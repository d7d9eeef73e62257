package web

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/clock"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/kvdb"
)

// lookups is the number of values that the metrics look up in a store.
const lookups = 3

// watched returns metrics that watch a new store.
func watched(t *testing.T, ctx context.Context) (*Metrics, *store.Store, *gated) {
	t.Helper()
	clock := clock.New()
	s, e := newStore(t, clock)
	m := newMetrics()
	m.WatchStore(ctx, s, clock)
	return m, s, e
}

// TestOutbox checks the metrics of messages, from when the messages are written until they are gone.
func TestOutbox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s, _ := watched(t, t.Context())
		update := func(fn func(*store.Tx)) {
			t.Helper()
			if err := s.Update(t.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		counts := func(waiting, oldest, outage, dead int) {
			t.Helper()
			time.Sleep(time.Hour) // After an hour the cached values are read from the store again.
			m.counts(t, map[string]float64{
				`loket_outbox_readable`:                         1,
				`loket_outbox_waiting{channel="email"}`:         float64(waiting),
				`loket_outbox_oldest_seconds{channel="email"}`:  float64(oldest),
				`loket_outbox_outage_seconds{channel="email"}`:  float64(outage),
				`loket_outbox_dead{channel="email"}`:            float64(dead),
				`loket_outbox_waiting{channel="letter"}`:        0,
				`loket_outbox_oldest_seconds{channel="letter"}`: 0,
				`loket_outbox_outage_seconds{channel="letter"}`: 0,
				`loket_outbox_dead{channel="letter"}`:           0,
			})
		}
		const hour = 3600
		counts(0, 0, 0, 0)
		post(t, s, byEmail())
		counts(1, hour, 0, 0)
		post(t, s, byEmail())
		counts(2, 2*hour, 0, 0)
		update(func(tx *store.Tx) { tx.PutOutage(store.ByEmail, store.Outage{Since: tx.Now}) })
		var first, second store.Message
		update(func(tx *store.Tx) {
			var taken []store.Message
			for turn := range tx.DueEntries(store.ByEmail) {
				// The message is due later now, but as old as before.
				m, _ := tx.ClaimDueMessage(store.ByEmail, turn, tx.Now.Add(24*time.Hour))
				taken = append(taken, m)
			}
			first, second = taken[0], taken[1]
		})
		counts(2, 3*hour, hour, 0)
		update(func(tx *store.Tx) { tx.MarkDead(first, "no"); tx.EndOutage(store.ByEmail) })
		counts(1, 3*hour, 0, 1)
		update(func(tx *store.Tx) { tx.MarkSent(second) })
		counts(0, 0, 0, 1)
		update(func(tx *store.Tx) { tx.DeleteUnsent(first.ID) })
		counts(0, 0, 0, 0)
	})
}

// TestAuditLog checks the metric of the number of audit entries.
func TestAuditLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s, _ := watched(t, t.Context())
		for n := range 4 {
			m.counts(t, map[string]float64{"loket_audit_entries": float64(n), "loket_audit_queued": 0, "loket_audit_damaged": 0})
			if err := s.Update(t.Context(), func(tx *store.Tx) error {
				tx.RecordAudit(store.AuditEntry{Terminal: "Utrecht 1", Flow: "log in", Outcome: "right"})
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
			m.counts(t, map[string]float64{"loket_audit_entries": float64(n), "loket_audit_queued": 1})
			if _, err := auditlog.FoldQueued(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
		}
	})
}

// TestAuditLogThatIsDamaged checks that the metrics show damage to the audit log, and the number of queued entries.
func TestAuditLogThatIsDamaged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s, e := watched(t, t.Context())
		record := func() {
			if err := s.Update(t.Context(), func(tx *store.Tx) error {
				tx.RecordAudit(store.AuditEntry{Terminal: "Utrecht 1", Flow: "log in", Outcome: "right"})
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		record()
		if _, err := auditlog.FoldQueued(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		if err := e.Update(t.Context(), func(kv kvdb.KV) error {
			for key := range kv.Scan("head/") {
				kv.Delete(key)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		record()
		if _, err := auditlog.FoldQueued(t.Context(), s); !errors.Is(err, auditlog.ErrDamaged) {
			t.Fatal(err)
		}
		m.counts(t, map[string]float64{"loket_audit_damaged": 1, "loket_audit_queued": 1})
	})
}

// TestScrapesDoNotLoadTheDesk scrapes the metrics as often as possible, and checks that the store is read only a few times a
// minute.
func TestScrapesDoNotLoadTheDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, s, e := watched(t, t.Context())
		post(t, s, byEmail())
		for range 120 {
			m.values(t)
			time.Sleep(500 * time.Millisecond)
		}
		if views := e.views.Load(); views != lookups*6 {
			t.Errorf("the store was looked at %d times in a minute", views)
		}
	})
}

// TestSlowLook checks that a scrape waits no longer than a second for a slow store, that only one lookup runs at a time, and
// that the gap before the next lookup grows with the duration of the last one.
func TestSlowLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _, e := watched(t, t.Context())
		e.shut, e.heeds = make(chan struct{}), true
		for range 3 {
			began := time.Now()
			m.counts(t, map[string]float64{"loket_outbox_readable": 0})
			if took := time.Since(began); took > 2*maxCallerWait {
				t.Errorf("that took %v", took)
			}
		}
		if views := e.views.Load(); views != lookups {
			t.Errorf("%d looks at once", views)
		}
		time.Sleep(5 * time.Second)
		close(e.shut)
		synctest.Wait()
		m.counts(t, map[string]float64{"loket_outbox_readable": 1, `loket_outbox_waiting{channel="email"}`: 0})
		time.Sleep(10 * time.Minute)
		m.values(t)
		if views := e.views.Load(); views != lookups {
			t.Errorf("%d looks, though one took long", views)
		}
	})
}

// TestUnreadableOutbox tests that values that are not known are left out.
func TestUnreadableOutbox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _, e := watched(t, t.Context())
		m.counts(t, map[string]float64{"loket_outbox_readable": 1})
		e.fails = errors.New("no")
		time.Sleep(time.Minute)
		m.counts(t, map[string]float64{"loket_outbox_readable": 0})
		for name := range m.values(t) {
			if strings.HasPrefix(name, "loket_outbox_waiting") || strings.HasPrefix(name, "loket_outbox_dead") {
				t.Errorf("there is %s", name)
			}
		}
		e.fails = nil
		time.Sleep(time.Minute)
		m.counts(t, map[string]float64{"loket_outbox_readable": 1})
	})
}

// TestNobodyLooksAfterTheEnd tests that a store that is about to be closed is not read any more.
func TestNobodyLooksAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		m, _, e := watched(t, ctx)
		cancel()
		began := time.Now()
		m.counts(t, map[string]float64{"loket_outbox_readable": 0})
		if e.views.Load() != 0 || time.Since(began) > 0 {
			t.Errorf("%d looks, which took %v", e.views.Load(), time.Since(began))
		}
	})
}

// BenchmarkScrape measures a scrape of all metrics with 100,000 waiting messages: when the store must be read, and when the
// values are cached.
func BenchmarkScrape(b *testing.B) {
	for name, anew := range map[string]bool{"looks": true, "kept": false} {
		b.Run(name, func(b *testing.B) {
			clock := clock.New()
			s, _ := newStore(b, clock)
			if err := s.BulkUpdate(b.Context(), func(tx *store.Tx) error {
				for range 100_000 {
					tx.PutMessage(byEmail())
				}
				return nil
			}, func(int, int) {}); err != nil {
				b.Fatal(err)
			}
			watched := func() *Metrics {
				m := newMetrics()
				m.WatchStore(b.Context(), s, clock)
				return m
			}
			m := watched()
			m.values(b)
			for b.Loop() {
				if anew {
					m = watched()
				}
				m.values(b)
			}
		})
	}
}
