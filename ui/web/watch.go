package web

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"loket/flows"
	"loket/store"
)

// WatchStore also shows what waits in the outbox of s, and how long its audit log
// is, until ctx is done; s is not to be closed before. It may be called once.
func (m *Metrics) WatchStore(ctx context.Context, s *store.Store, clock *flows.Clock) {
	if m == nil {
		return
	}
	m.registry.MustRegister(
		&waiting{clock, within(ctx, s, clock, readBacklog), within(ctx, s, clock, (*store.Tx).DeadMessages)},
		&auditLog{&lookup[float64]{ctx: ctx, clock: clock, read: func(ctx context.Context) (float64, error) {
			newest, _, err := s.Checkpoint(ctx)
			return float64(newest.Size), err
		}}},
	)
}

// auditLog is a collector of how long the audit log is.
type auditLog struct{ size *lookup[float64] }

var auditEntries = prometheus.NewDesc("loket_audit_entries", "Entries in the audit log so far, by its newest checkpoint.", nil, nil)

// Describe implements [prometheus.Collector].
func (a *auditLog) Describe(to chan<- *prometheus.Desc) { to <- auditEntries }

// Collect implements [prometheus.Collector]. What is not known is left out.
func (a *auditLog) Collect(to chan<- prometheus.Metric) {
	if size, is := a.size.get(); is {
		to <- prometheus.MustNewConstMetric(auditEntries, prometheus.GaugeValue, size)
	}
}
