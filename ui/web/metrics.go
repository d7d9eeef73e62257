package web

import (
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"loket/flows/courier"
	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/store/kvdb"
	"loket/store/reload"
	"loket/ui/exitcode"
)

// Metrics has the metrics of a desk. The methods of nil do nothing.
type Metrics struct {
	registry registry

	kinds, ends, refusals, commands allowedLabels

	limit, open      *prometheus.GaugeVec
	begun, ended     *prometheus.CounterVec
	refused          *prometheus.CounterVec
	older, unguarded prometheus.Gauge
	operated         *prometheus.CounterVec
	lastDone         *prometheus.GaugeVec
	files            *prometheus.GaugeVec
	frames, written  prometheus.Counter

	steps  *stepMetrics
	outbox *outboxMetrics
	stores *storeMetrics
}

var (
	_ desk.Observer    = (*Metrics)(nil)
	_ courier.Observer = (*Metrics)(nil)

	_ maintenance.Observer = (*Metrics)(nil)
)

// NewMetrics returns new metrics of a program with that version. They have a registry of their own.
func NewMetrics(version string, words LabelValues) *Metrics {
	r := registry{prometheus.NewRegistry()}
	m := &Metrics{
		registry: r, steps: newStepMetrics(r), outbox: newOutboxMetrics(r), stores: newStoreMetrics(r),
		kinds: newAllowedLabels(words.Kinds), ends: newAllowedLabels(words.Ends),
		refusals: newAllowedLabels(words.Refusals), commands: newAllowedLabels(words.Commands),
	}
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	r.gauge("loket_build_info", "Always 1, of the version and of the Go that it was built with.", "version", "go_version").
		WithLabelValues(version, runtime.Version()).Set(1)
	m.open = r.gauge("loket_sessions_open", "Sessions that are open, by kind.", "kind")
	m.limit = r.gauge("loket_sessions_limit", "Most sessions that may be open at once.")
	m.begun = r.counter("loket_sessions_begun_total", "Sessions that began, by kind.", "kind")
	m.ended = r.counter("loket_sessions_ended_total", "Sessions that ended, by kind and reason.", "kind", "reason")
	m.refused = r.counter("loket_connections_refused_total", "Connections and sessions that were refused, by reason.", "reason")
	m.operated = r.counter("loket_operator_commands_total", "Commands that operators gave to the desk, by command and exit code.", "command", "code")
	m.lastDone = r.gauge("loket_last_done_seconds", "When this desk was last given a command that should be given often, and did it, in seconds since 1970, by command; absent before.", "command")
	m.files = r.gauge("loket_file_right", "1 if a file that is read again is right as it is now, by what it is for, else 0: what was good of it stays in force.", "file")
	m.frames = r.counter("loket_frames_drawn_total", "Frames drawn, on all screens.").WithLabelValues()
	m.written = r.counter("loket_terminal_written_bytes_total", "Bytes written to terminals.").WithLabelValues()
	m.older = r.gauge("loket_audit_older", "1 if the audit log is older than this machine saw it before, else 0.").WithLabelValues()
	m.unguarded = r.gauge("loket_cluster_unguarded", "1 if the database is on a cluster that others can come to as well, else 0.").WithLabelValues()
	for kind := range m.kinds {
		m.open.WithLabelValues(kind)
		m.begun.WithLabelValues(kind)
		for why := range m.ends {
			m.ended.WithLabelValues(kind, why)
		}
	}
	for why := range m.refusals {
		m.refused.WithLabelValues(why)
	}
	return m
}

// SessionLimit sets how many sessions may be open at once. Without it the metric has no value.
func (m *Metrics) SessionLimit(n int) {
	if m != nil {
		m.limit.WithLabelValues().Set(float64(n))
	}
}

// SessionBegan counts a session that began. SessionEnded must follow, with the same kind.
func (m *Metrics) SessionBegan(kind string) {
	if m != nil {
		m.open.WithLabelValues(m.kinds.labelFor(kind)).Inc()
		m.begun.WithLabelValues(m.kinds.labelFor(kind)).Inc()
	}
}

// SessionEnded counts a session that ended, with the reason.
func (m *Metrics) SessionEnded(kind, why string) {
	if m != nil {
		m.open.WithLabelValues(m.kinds.labelFor(kind)).Dec()
		m.ended.WithLabelValues(m.kinds.labelFor(kind), m.ends.labelFor(why)).Inc()
	}
}

// Refused counts a connection or a session that was refused.
func (m *Metrics) Refused(why string) {
	if m != nil {
		m.refused.WithLabelValues(m.refusals.labelFor(why)).Inc()
	}
}

// Frame counts a frame that was drawn.
func (m *Metrics) Frame() {
	if m != nil {
		m.frames.Inc()
	}
}

// BytesWritten counts bytes that were written to a terminal.
func (m *Metrics) BytesWritten(bytes int) {
	if m != nil && bytes > 0 {
		m.written.Add(float64(bytes))
	}
}

// OperatorCommand counts a command that an operator gave, such as "number issue",
// and how it ended.
func (m *Metrics) OperatorCommand(name string, code int) {
	if m == nil {
		return
	}
	ended := otherLabel
	if slices.Contains(exitcode.Codes, code) {
		ended = strconv.Itoa(code)
	}
	m.operated.WithLabelValues(m.commands.labelFor(name), ended).Inc()
	if code == exitcode.Done && slices.Contains(regularCommands, name) {
		m.lastDone.WithLabelValues(name).SetToCurrentTime()
	}
}

// regularCommands are commands whose last success is a metric.
var regularCommands = []string{"backup", "check"}

// FileRead sets whether a file that is read again when it changes can be used.
func (m *Metrics) FileRead(use reload.Use, right bool) {
	if m == nil {
		return
	}
	value := 0.0
	if right {
		value = 1
	}
	m.files.WithLabelValues(string(use)).Set(value)
}

// Stepped implements [desk.Observer].
func (m *Metrics) Stepped(flow, at, outcome string, took time.Duration) {
	if m != nil {
		m.steps.countStep(flow, at, outcome, took)
	}
}

// Throttled implements [desk.Observer].
func (m *Metrics) Throttled(by desk.Throttle) {
	if m != nil {
		m.steps.countThrottle(by)
	}
}

// AuditOlder implements [maintenance.Observer].
func (m *Metrics) AuditOlder(older bool) {
	if m != nil {
		m.older.Set(oneIf(older))
	}
}

// ClusterUnguarded sets whether the database is on a cluster that others can reach.
func (m *Metrics) ClusterUnguarded(is bool) {
	if m != nil {
		m.unguarded.Set(oneIf(is))
	}
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// Tried implements [courier.Observer].
func (m *Metrics) Tried(channel store.Channel, result courier.Result) {
	if m != nil {
		m.outbox.countAttempt(channel, result)
	}
}

// Stored measures an operation on the store: see [kvdb.MeasureEngine].
func (m *Metrics) Stored(o kvdb.Operation, took time.Duration, err error) {
	if m != nil {
		m.stores.observe(o, took, err)
	}
}
