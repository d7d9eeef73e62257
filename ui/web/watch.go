package web

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"loket/flows/clock"
	"loket/store"
	"loket/store/auditlog"
)

// WatchStore adds metrics for the outbox of s, its audit log, and the clock, until ctx is done. s must stay open until then.
// WatchStore may be called only once.
func (m *Metrics) WatchStore(ctx context.Context, s *store.Store, clock *clock.Clock) {
	if m == nil {
		return
	}
	m.registry.MustRegister(
		&backlogCollector{clock, newCachedLookup(ctx, s, clock, readBacklog), newCachedLookup(ctx, s, clock, (*store.Tx).DeadMessages)},
		&clockCollector{clock},
		&auditCollector{newCachedLookup(ctx, s, clock, auditlog.ReadLogState)},
	)
}

// A clockCollector collects the metrics of the machine's clock.
type clockCollector struct{ clock *clock.Clock }

var (
	clockBelievedDesc = prometheus.NewDesc("loket_clock_believed", "1 if the clock of the machine is believed, else 0: then nothing is removed or given up.", nil, nil)
	clockAheadDesc    = prometheus.NewDesc("loket_clock_ahead_seconds", "How far the clock of the machine is ahead of the time that is believed; below 0 if it is behind.", nil, nil)
)

// Describe implements [prometheus.Collector].
func (m *clockCollector) Describe(to chan<- *prometheus.Desc) {
	to <- clockBelievedDesc
	to <- clockAheadDesc
}

// Collect implements [prometheus.Collector].
func (m *clockCollector) Collect(to chan<- prometheus.Metric) {
	believed := 0.0
	if m.clock.IsPlausible() {
		believed = 1
	}
	to <- prometheus.MustNewConstMetric(clockBelievedDesc, prometheus.GaugeValue, believed)
	to <- prometheus.MustNewConstMetric(clockAheadDesc, prometheus.GaugeValue, m.clock.MachineNow().Sub(m.clock.ReferenceNow()).Seconds())
}

// An auditCollector collects the metrics of the audit log.
type auditCollector struct {
	state *cachedLookup[auditlog.LogState]
}

var (
	auditEntriesDesc = prometheus.NewDesc("loket_audit_entries", "Entries in the audit log so far, by its newest checkpoint.", nil, nil)
	auditQueuedDesc  = prometheus.NewDesc("loket_audit_queued", "Entries that wait to be added to the audit log.", nil, nil)
	auditDamagedDesc = prometheus.NewDesc("loket_audit_damaged", "1 if nothing can be added to the audit log, since it was changed behind our back, else 0.", nil, nil)
)

// Describe implements [prometheus.Collector].
func (a *auditCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{auditEntriesDesc, auditQueuedDesc, auditDamagedDesc} {
		to <- d
	}
}

// Collect implements [prometheus.Collector]. It leaves out values that are not known.
func (a *auditCollector) Collect(to chan<- prometheus.Metric) {
	state, is := a.state.currentValue()
	if !is {
		return
	}
	gauge := func(d *prometheus.Desc, value float64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	gauge(auditQueuedDesc, float64(state.Queued))
	if state.Damage != nil {
		gauge(auditDamagedDesc, 1)
		return
	}
	gauge(auditDamagedDesc, 0)
	gauge(auditEntriesDesc, float64(state.Entries))
}
