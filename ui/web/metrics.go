package web

import (
	"runtime"
	"slices"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"loket/ui/exitcode"
)

// Metrics counts what a desk does. One that is nil counts nothing.
type Metrics struct {
	registry *prometheus.Registry

	kinds, ends, refusals, commands known

	limit, open     *prometheus.GaugeVec
	begun, ended    *prometheus.CounterVec
	refused         *prometheus.CounterVec
	operated        *prometheus.CounterVec
	frames, written prometheus.Counter

	steps
	outbox
	stores
}

// NewMetrics gives metrics of the program of that version, which count nothing so
// far. Nothing is shared with others in the same process.
func NewMetrics(version string, words Words) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		kinds:    newKnown(words.Kinds), ends: newKnown(words.Ends),
		refusals: newKnown(words.Refusals), commands: newKnown(words.Commands),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.gauge("loket_build_info", "Always 1, of the version and of the Go that it was built with.", "version", "go_version").
		WithLabelValues(version, runtime.Version()).Set(1)
	m.open = m.gauge("loket_sessions_open", "Sessions that are open, by kind.", "kind")
	m.limit = m.gauge("loket_sessions_limit", "Most sessions that may be open at once.")
	m.begun = m.counter("loket_sessions_begun_total", "Sessions that began, by kind.", "kind")
	m.ended = m.counter("loket_sessions_ended_total", "Sessions that ended, by kind and reason.", "kind", "reason")
	m.refused = m.counter("loket_connections_refused_total", "Connections and sessions that were refused, by reason.", "reason")
	m.operated = m.counter("loket_operator_commands_total", "Commands that operators gave to the desk, by command and exit code.", "command", "code")
	m.frames = m.counter("loket_frames_drawn_total", "Frames drawn, on all screens.").WithLabelValues()
	m.written = m.counter("loket_terminal_written_bytes_total", "Bytes written to terminals.").WithLabelValues()
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
	m.addSteps()
	m.addOutbox()
	m.addStores()
	return m
}

func (m *Metrics) gauge(name, help string, labels ...string) *prometheus.GaugeVec {
	v := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, labels)
	m.registry.MustRegister(v)
	return v
}

func (m *Metrics) counter(name, help string, labels ...string) *prometheus.CounterVec {
	v := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	m.registry.MustRegister(v)
	return v
}

func (m *Metrics) histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	v := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
	m.registry.MustRegister(v)
	return v
}

// SessionLimit says how many sessions may be open at once. Until then nobody is
// told of a limit.
func (m *Metrics) SessionLimit(n int) {
	if m != nil {
		m.limit.WithLabelValues().Set(float64(n))
	}
}

// SessionBegan counts a session. SessionEnded must follow, with the same kind.
func (m *Metrics) SessionBegan(kind string) {
	if m != nil {
		m.open.WithLabelValues(m.kinds.word(kind)).Inc()
		m.begun.WithLabelValues(m.kinds.word(kind)).Inc()
	}
}

// SessionEnded says why a session is over.
func (m *Metrics) SessionEnded(kind, why string) {
	if m != nil {
		m.open.WithLabelValues(m.kinds.word(kind)).Dec()
		m.ended.WithLabelValues(m.kinds.word(kind), m.ends.word(why)).Inc()
	}
}

// Refused counts a connection or a session that was refused.
func (m *Metrics) Refused(why string) {
	if m != nil {
		m.refused.WithLabelValues(m.refusals.word(why)).Inc()
	}
}

// Frame counts a frame that was drawn.
func (m *Metrics) Frame() {
	if m != nil {
		m.frames.Inc()
	}
}

// Wrote counts bytes that were written to a terminal.
func (m *Metrics) Wrote(bytes int) {
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
	ended := other
	if slices.Contains(exitcode.Codes, code) {
		ended = strconv.Itoa(code)
	}
	m.operated.WithLabelValues(m.commands.word(name), ended).Inc()
}
