package auditlog_test

import (
	"fmt"
	"os"
	"testing"
)

// BenchmarkFold folds entries into the audit log, as many at a time as fit in one
// transaction, each of which is flushed to disk. Seen on two shared cores: 24,500 entries
// a second.
//
// Seen on two shared cores: 24,500 entries a second.
func BenchmarkFold(b *testing.B) {
	l := newLedger(b, synced)
	const together = 10_000
	folded := 0
	for b.Loop() {
		b.StopTimer()
		l.record(b, folded, folded+together)
		b.StartTimer()
		folded += l.fold(b)
	}
	b.ReportMetric(float64(folded)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkVerifyLog verifies a log of 100,000 entries, or as many as
// LOKET_BENCH_ENTRIES says.
//
// Seen on two shared cores, 1,000,000 entries: 5.6 s, in under 30 MB.
func BenchmarkVerifyLog(b *testing.B) {
	entries := 100_000
	if n := os.Getenv("LOKET_BENCH_ENTRIES"); n != "" {
		if _, err := fmt.Sscan(n, &entries); err != nil {
			b.Fatal(err)
		}
	}
	l := newLedger(b)
	const together = 10_000
	for from := 0; from < entries; from += together {
		l.record(b, from, min(from+together, entries))
		l.fold(b)
	}
	for b.Loop() {
		l.sound(b, entries)
	}
	b.ReportMetric(float64(entries*b.N)/b.Elapsed().Seconds(), "entries/s")
}
