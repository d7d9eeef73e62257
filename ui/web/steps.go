package web

import (
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
)

// stepMetrics counts the steps that visitors take, and measures their duration.
type stepMetrics struct {
	stepCounter *prometheus.CounterVec
	stepSeconds *prometheus.HistogramVec
	throttled   *prometheus.CounterVec

	knownSteps     map[stepOutcome]bool
	flowLabels     allowedLabels
	throttleLabels allowedLabels
}

// A stepOutcome is a step of a flow together with its outcome.
type stepOutcome struct{ flow, state, outcome string }

// newStepMetrics returns metrics with a series for every possible outcome of every step, starting at 0, so that Prometheus
// sees the first occurrence of an outcome as an increase.
func newStepMetrics(r registry) *stepMetrics {
	s := &stepMetrics{
		stepCounter: r.counter("loket_steps_total", "Steps that were answered and committed, by flow, step and outcome.", "flow", "step", "outcome"),
		stepSeconds: r.histogram("loket_step_seconds", "How long steps took to answer, without deliberate waits but those of answers that no clock may tell apart.", prometheus.DefBuckets, "flow"),
		throttled:   r.counter("loket_throttled_total", "Answers that had to wait, by what made them.", "by"),
		knownSteps:  possibleSteps(), flowLabels: allowedLabels{otherLabel: true}, throttleLabels: newAllowedLabels(desk.Throttles),
	}
	for of := range s.knownSteps {
		s.stepCounter.WithLabelValues(of.flow, of.state, of.outcome)
		s.stepSeconds.WithLabelValues(of.flow)
		s.flowLabels[of.flow] = true
	}
	for by := range s.throttleLabels {
		s.throttled.WithLabelValues(by)
	}
	return s
}

// possibleSteps returns all steps of all flows, with all outcomes that they can have.
func possibleSteps() map[stepOutcome]bool {
	all := map[stepOutcome]bool{}
	visit := flow.NewVisit(&desk.Desk{Clock: clock.New(), Settings: desk.DefaultSettings()})
	for _, place := range slices.Concat(flows.FlowPlaces(), flows.ServiceFlowPlaces()) {
		f := place.Begin(visit)
		for at, s := range f.Steps {
			for outcome, edge := range s.Next {
				if edge.IsIndistinguishable {
					outcome = flow.OutcomeAnswered
				}
				all[stepOutcome{f.Name, string(at), string(outcome)}] = true
			}
			if s.Do != nil {
				all[stepOutcome{f.Name, string(at), string(flow.ReasonLoginRevoked)}] = true
			}
		}
	}
	return all
}

func (s *stepMetrics) countStep(flow, at, outcome string, took time.Duration) {
	of := stepOutcome{flow, at, outcome}
	if !s.knownSteps[of] {
		of = stepOutcome{s.flowLabels.labelFor(flow), otherLabel, otherLabel}
	}
	s.stepCounter.WithLabelValues(of.flow, of.state, of.outcome).Inc()
	s.stepSeconds.WithLabelValues(of.flow).Observe(took.Seconds())
}

func (s *stepMetrics) countThrottle(by desk.ThrottleReason) {
	s.throttled.WithLabelValues(s.throttleLabels.labelFor(string(by))).Inc()
}
