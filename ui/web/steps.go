package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
)

// stepMetrics counts and measures the steps of visitors.
type stepMetrics struct {
	taken     *prometheus.CounterVec
	took      *prometheus.HistogramVec
	throttled *prometheus.CounterVec

	tables  map[step]bool
	flows   allowedLabels
	delayed allowedLabels
}

// A step is a step of a flow with its outcome.
type step struct{ flow, at, outcome string }

// newStepMetrics returns metrics with a series for every outcome of every table, at 0. So the first
// time of an outcome shows as an increase.
func newStepMetrics(r registry) *stepMetrics {
	s := &stepMetrics{
		taken:     r.counter("loket_steps_total", "Steps that were answered and committed, by flow, step and outcome.", "flow", "step", "outcome"),
		took:      r.histogram("loket_step_seconds", "How long steps took to answer, without deliberate waits but those of answers that no clock may tell apart.", prometheus.DefBuckets, "flow"),
		throttled: r.counter("loket_throttled_total", "Answers that had to wait, by what made them.", "by"),
		tables:    possibleSteps(), flows: allowedLabels{otherLabel: true}, delayed: newAllowedLabels(desk.Throttles),
	}
	for of := range s.tables {
		s.taken.WithLabelValues(of.flow, of.at, of.outcome)
		s.took.WithLabelValues(of.flow)
		s.flows[of.flow] = true
	}
	for by := range s.delayed {
		s.throttled.WithLabelValues(by)
	}
	return s
}

// possibleSteps returns all steps and outcomes in the tables of flows.
func possibleSteps() map[step]bool {
	all := map[step]bool{}
	visit := flow.NewVisit(&desk.Desk{Clock: clock.New(), Settings: desk.Defaults()})
	for _, place := range flows.Flows() {
		f := place.Begin(visit)
		for at, s := range f.Steps {
			for outcome, edge := range s.Next {
				if edge.Alike {
					outcome = flow.Answered
				}
				all[step{f.Name, string(at), string(outcome)}] = true
			}
			if s.Do != nil {
				all[step{f.Name, string(at), string(flow.LoginRevoked)}] = true
			}
		}
	}
	return all
}

func (s *stepMetrics) countStep(flow, at, outcome string, took time.Duration) {
	of := step{flow, at, outcome}
	if !s.tables[of] {
		of = step{s.flows.labelFor(flow), otherLabel, otherLabel}
	}
	s.taken.WithLabelValues(of.flow, of.at, of.outcome).Inc()
	s.took.WithLabelValues(of.flow).Observe(took.Seconds())
}

func (s *stepMetrics) countThrottle(by desk.Throttle) {
	s.throttled.WithLabelValues(s.delayed.labelFor(string(by))).Inc()
}
