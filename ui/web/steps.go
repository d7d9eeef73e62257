package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
)

// steps counts what visitors do: it is a [flows.Observer].
type steps struct {
	taken     *prometheus.CounterVec
	took      *prometheus.HistogramVec
	throttled *prometheus.CounterVec

	tables  map[step]bool
	flows   known
	delayed known
}

var _ desk.Observer = (*Metrics)(nil)

// A step is what came of one.
type step struct{ flow, at, outcome string }

// addSteps has every outcome of every table stand there from the start, so that
// the first time that it comes to is seen as one more.
func (m *Metrics) addSteps() {
	m.taken = m.counter("loket_steps_total", "Steps that were answered and committed, by flow, step and outcome.", "flow", "step", "outcome")
	m.took = m.histogram("loket_step_seconds", "How long steps took to answer, without deliberate waits.", prometheus.DefBuckets, "flow")
	m.throttled = m.counter("loket_throttled_total", "Answers that had to wait, by what made them.", "by")
	m.tables = tables()
	m.flows, m.delayed = known{other: true}, newKnown(desk.Throttles)
	for s := range m.tables {
		m.taken.WithLabelValues(s.flow, s.at, s.outcome)
		m.took.WithLabelValues(s.flow)
		m.flows[s.flow] = true
	}
	for by := range m.delayed {
		m.throttled.WithLabelValues(by)
	}
}

// tables are all steps that the tables of flows can come to.
func tables() map[step]bool {
	all := map[step]bool{}
	visit := flow.NewVisit((&desk.Desk{Clock: clock.New(), Settings: desk.Defaults()}))
	for _, known := range flows.Flows() {
		f := known.Begin(visit)
		for at, s := range f.Steps {
			for outcome := range s.Next {
				all[step{f.Name, string(at), string(outcome)}] = true
			}
			if s.Do != nil {
				all[step{f.Name, string(at), string(flow.ShutOut)}] = true
			}
		}
	}
	return all
}

// Stepped implements [flows.Observer].
func (m *Metrics) Stepped(flow, at, outcome string, took time.Duration) {
	if m == nil {
		return
	}
	s := step{flow, at, outcome}
	if !m.tables[s] {
		s = step{m.flows.word(flow), other, other}
	}
	m.taken.WithLabelValues(s.flow, s.at, s.outcome).Inc()
	m.took.WithLabelValues(s.flow).Observe(took.Seconds())
}

// Throttled implements [flows.Observer].
func (m *Metrics) Throttled(by desk.Throttle) {
	if m != nil {
		m.throttled.WithLabelValues(m.delayed.word(string(by))).Inc()
	}
}
