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

// Metrics has the metrics of a desk. Its methods do nothing on a nil Metrics.
type Metrics struct {
	registry registry

	sessionKinds, endReasons, refusalReasons, commandNames allowedLabels

	sessionLimit, sessionsOpen   *prometheus.GaugeVec
	sessionsBegun, sessionsEnded *prometheus.CounterVec
	connectionsRefused           *prometheus.CounterVec
	auditOlder, clusterUnguarded prometheus.Gauge
	commandsRun                  *prometheus.CounterVec
	lastSuccess                  *prometheus.GaugeVec
	filesRight                   *prometheus.GaugeVec
	framesDrawn, bytesWritten    prometheus.Counter

	steps  *stepMetrics
	outbox *outboxMetrics
	stores *storeMetrics
}

var (
	_ desk.Observer    = (*Metrics)(nil)
	_ courier.Observer = (*Metrics)(nil)

	_ maintenance.Observer = (*Metrics)(nil)
)

// NewMetrics returns the metrics of a program with the given version, in a registry of their own.
func NewMetrics(version string, words LabelValues) *Metrics {
	r := registry{prometheus.NewRegistry()}
	m := &Metrics{
		registry: r, steps: newStepMetrics(r), outbox: newOutboxMetrics(r), stores: newStoreMetrics(r),
		sessionKinds: newAllowedLabels(words.SessionKinds), endReasons: newAllowedLabels(words.EndReasons),
		refusalReasons: newAllowedLabels(words.Refusals), commandNames: newAllowedLabels(words.Commands),
	}
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	r.gauge("loket_build_info", "Always 1, of the version and of the Go that it was built with.", "version", "go_version").
		WithLabelValues(version, runtime.Version()).Set(1)
	m.sessionsOpen = r.gauge("loket_sessions_open", "Sessions that are open, by kind.", "kind")
	m.sessionLimit = r.gauge("loket_sessions_limit", "Most sessions that may be open at once.")
	m.sessionsBegun = r.counter("loket_sessions_begun_total", "Sessions that began, by kind.", "kind")
	m.sessionsEnded = r.counter("loket_sessions_ended_total", "Sessions that ended, by kind and reason.", "kind", "reason")
	m.connectionsRefused = r.counter("loket_connections_refused_total", "Connections and sessions that were refused, by reason.", "reason")
	m.commandsRun = r.counter("loket_operator_commands_total", "Commands that operators gave to the desk, by command and exit code.", "command", "code")
	m.lastSuccess = r.gauge("loket_last_done_seconds", "When this desk was last given a command that should be given often, and did it, in seconds since 1970, by command; absent before.", "command")
	m.filesRight = r.gauge("loket_file_right", "1 if a file that is read again is right as it is now, by what it is for, else 0: what was good of it stays in force.", "file")
	m.framesDrawn = r.counter("loket_frames_drawn_total", "Frames drawn, on all screens.").WithLabelValues()
	m.bytesWritten = r.counter("loket_terminal_written_bytes_total", "Bytes written to terminals.").WithLabelValues()
	m.auditOlder = r.gauge("loket_audit_older", "1 if the audit log is older than this machine saw it before, else 0.").WithLabelValues()
	m.clusterUnguarded = r.gauge("loket_cluster_unguarded", "1 if the database is on a cluster that others can come to as well, else 0.").WithLabelValues()
	for kind := range m.sessionKinds {
		m.sessionsOpen.WithLabelValues(kind)
		m.sessionsBegun.WithLabelValues(kind)
		for why := range m.endReasons {
			m.sessionsEnded.WithLabelValues(kind, why)
		}
	}
	for why := range m.refusalReasons {
		m.connectionsRefused.WithLabelValues(why)
	}
	return m
}

// SetSessionLimit sets the metric of how many sessions may be open at the same time. The metric has no value if
// SetSessionLimit is not called.
func (m *Metrics) SetSessionLimit(n int) {
	if m != nil {
		m.sessionLimit.WithLabelValues().Set(float64(n))
	}
}

// SessionBegan counts a session that has begun. The caller must call SessionEnded later, with the same kind.
func (m *Metrics) SessionBegan(kind string) {
	if m != nil {
		m.sessionsOpen.WithLabelValues(m.sessionKinds.labelFor(kind)).Inc()
		m.sessionsBegun.WithLabelValues(m.sessionKinds.labelFor(kind)).Inc()
	}
}

// SessionEnded counts a session that has ended, by kind and reason.
func (m *Metrics) SessionEnded(kind, why string) {
	if m != nil {
		m.sessionsOpen.WithLabelValues(m.sessionKinds.labelFor(kind)).Dec()
		m.sessionsEnded.WithLabelValues(m.sessionKinds.labelFor(kind), m.endReasons.labelFor(why)).Inc()
	}
}

// CountRefusal counts a connection or a session that was refused, by reason.
func (m *Metrics) CountRefusal(why string) {
	if m != nil {
		m.connectionsRefused.WithLabelValues(m.refusalReasons.labelFor(why)).Inc()
	}
}

// CountFrame counts a frame that was drawn on a screen.
func (m *Metrics) CountFrame() {
	if m != nil {
		m.framesDrawn.Inc()
	}
}

// CountBytesWritten counts bytes that were written to a terminal.
func (m *Metrics) CountBytesWritten(bytes int) {
	if m != nil && bytes > 0 {
		m.bytesWritten.Add(float64(bytes))
	}
}

// CountOperatorCommand counts a command that an operator gave, such as "number issue", by name and exit code.
func (m *Metrics) CountOperatorCommand(name string, code int) {
	if m == nil {
		return
	}
	ended := otherLabel
	if slices.Contains(exitcode.Codes, code) {
		ended = strconv.Itoa(code)
	}
	m.commandsRun.WithLabelValues(m.commandNames.labelFor(name), ended).Inc()
	if code == exitcode.Done && slices.Contains(regularCommands, name) {
		m.lastSuccess.WithLabelValues(name).SetToCurrentTime()
	}
}

// regularCommands are the commands for which there is a metric of the last success.
var regularCommands = []string{"backup", "check"}

// SetFileFaultless sets the metric of whether a file that the program rereads has no fault.
func (m *Metrics) SetFileFaultless(use reload.FileUse, right bool) {
	if m == nil {
		return
	}
	value := 0.0
	if right {
		value = 1
	}
	m.filesRight.WithLabelValues(string(use)).Set(value)
}

// ObserveStep implements [desk.Observer].
func (m *Metrics) ObserveStep(flow, at, outcome string, took time.Duration) {
	if m != nil {
		m.steps.countStep(flow, at, outcome, took)
	}
}

// ObserveThrottle implements [desk.Observer].
func (m *Metrics) ObserveThrottle(by desk.ThrottleReason) {
	if m != nil {
		m.steps.countThrottle(by)
	}
}

// AuditOlder implements [maintenance.Observer].
func (m *Metrics) AuditOlder(older bool) {
	if m != nil {
		m.auditOlder.Set(boolToGauge(older))
	}
}

// SetClusterUnguarded sets the metric of whether the database is on a cluster that others can reach too.
func (m *Metrics) SetClusterUnguarded(is bool) {
	if m != nil {
		m.clusterUnguarded.Set(boolToGauge(is))
	}
}

func boolToGauge(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// ObserveResult implements [courier.Observer].
func (m *Metrics) ObserveResult(channel store.Channel, result courier.Result) {
	if m != nil {
		m.outbox.countAttempt(channel, result)
	}
}

// ObserveOperation measures an operation on the store. It is for [kvdb.MeasureEngine].
func (m *Metrics) ObserveOperation(o kvdb.EngineOperation, took time.Duration, err error) {
	if m != nil {
		m.stores.observeOperation(o, took, err)
	}
}
