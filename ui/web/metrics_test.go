package web

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"pgregory.net/rapid"

	"loket/flows/courier"
	"loket/flows/desk"
	"loket/store"
	"loket/store/kvdb"
)

var testWords = LabelValues{
	SessionKinds: []string{"demo", "terminal"},
	EndReasons:   []string{"the visitor left", "idle"},
	Refusals:     []string{"too many sessions"},
	Commands:     []string{"stats", "number issue"},
}

func newMetrics() *Metrics { return NewMetrics("v1.2.3", testWords) }

// values returns the present values of all metrics, by name and labels as Prometheus writes them: loket_steps_total{flow="log
// in",...}. The value of a histogram is its count.
func (m *Metrics) values(tb testing.TB) map[string]float64 {
	tb.Helper()
	families, err := m.registry.Gather()
	if err != nil {
		tb.Fatal(err)
	}
	values := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.Metric {
			var labels []string
			for _, l := range metric.Label {
				labels = append(labels, fmt.Sprintf("%s=%q", l.GetName(), l.GetValue()))
			}
			name := family.GetName()
			if labels != nil {
				name += "{" + strings.Join(labels, ",") + "}"
			}
			values[name] = metric.GetGauge().GetValue() + metric.GetCounter().GetValue() + float64(metric.GetHistogram().GetSampleCount())
		}
	}
	return values
}

// counts checks that the metrics have the wanted values.
func (m *Metrics) counts(t *testing.T, want map[string]float64) {
	t.Helper()
	got := m.values(t)
	for name, value := range want {
		if v, is := got[name]; !is || v != value {
			t.Errorf("%s is %v (there: %v), want %v", name, v, is, value)
		}
	}
}

// TestCounts checks which metrics each method changes.
func TestCounts(t *testing.T) {
	m := newMetrics()
	m.counts(t, map[string]float64{
		`loket_build_info{go_version="` + goVersion() + `",version="v1.2.3"}`: 1,

		// All series exist before the first event, so that Prometheus sees the first event as an increase.
		`loket_steps_total{flow="log in",outcome="wrong",step="ask credentials"}`: 0,
		`loket_connections_refused_total{reason="too many sessions"}`:             0,
		`loket_sessions_ended_total{kind="terminal",reason="idle"}`:               0,
		`loket_throttled_total{by="rush"}`:                                        0,
		`loket_outbox_tries_total{channel="letter",result="dead"}`:                0,
	})
	m.SetSessionLimit(256)
	m.SessionBegan("demo")
	m.SessionBegan("demo")
	m.SessionBegan("terminal")
	m.SessionEnded("demo", "idle")
	m.CountRefusal("too many sessions")
	m.CountFrame()
	m.CountFrame()
	m.CountBytesWritten(100)
	m.CountBytesWritten(20)
	m.CountBytesWritten(-1)
	m.CountOperatorCommand("number issue", 0)
	m.CountOperatorCommand("number issue", 2)
	m.CountOperatorCommand("number issue", 137)
	m.ObserveStep("log in", "ask credentials", "wrong", time.Second)
	m.ObserveThrottle(desk.ThrottledSubject)
	m.ObserveResult(store.ByEmail, courier.ResultSent)
	m.ObserveOperation(kvdb.OperationUpdate, time.Millisecond, nil)
	m.ObserveOperation(kvdb.OperationUpdate, time.Millisecond, fmt.Errorf("commit: %w", kvdb.ErrStopped))
	m.counts(t, map[string]float64{
		`loket_sessions_limit`:                                                    256,
		`loket_sessions_open{kind="demo"}`:                                        1,
		`loket_sessions_open{kind="terminal"}`:                                    1,
		`loket_sessions_begun_total{kind="demo"}`:                                 2,
		`loket_sessions_ended_total{kind="demo",reason="idle"}`:                   1,
		`loket_connections_refused_total{reason="too many sessions"}`:             1,
		`loket_frames_drawn_total`:                                                2,
		`loket_terminal_written_bytes_total`:                                      120,
		`loket_operator_commands_total{code="0",command="number issue"}`:          1,
		`loket_operator_commands_total{code="2",command="number issue"}`:          1,
		`loket_operator_commands_total{code="other",command="number issue"}`:      1,
		`loket_steps_total{flow="log in",outcome="wrong",step="ask credentials"}`: 1,
		`loket_step_seconds{flow="log in"}`:                                       1,
		`loket_throttled_total{by="too soon"}`:                                    1,
		`loket_outbox_tries_total{channel="email",result="sent"}`:                 1,
		`loket_store_seconds{operation="update",result="done"}`:                   1,
		`loket_store_seconds{operation="update",result="stopped"}`:                1,
	})
}

// TestNilCountsNothing checks that every method does nothing on a nil Metrics.
func TestNilCountsNothing(t *testing.T) {
	var m *Metrics
	for _, tell := range everything("demo") {
		tell(m)
	}
	m.WatchStore(t.Context(), nil, nil)
	m.SetSessionLimit(1)
	m.CountFrame()
	m.CountBytesWritten(1)
}

// everything returns one function for each method of Metrics, which calls the method with the given word.
func everything(word string) []func(*Metrics) {
	return []func(*Metrics){
		func(m *Metrics) { m.SessionBegan(word) },
		func(m *Metrics) { m.SessionEnded(word, word) },
		func(m *Metrics) { m.SessionEnded("demo", word) },
		func(m *Metrics) { m.CountRefusal(word) },
		func(m *Metrics) { m.CountOperatorCommand(word, len(word)) },
		func(m *Metrics) { m.ObserveStep(word, word, word, 0) },
		func(m *Metrics) { m.ObserveStep("log in", "ask credentials", word, 0) },
		func(m *Metrics) { m.ObserveStep("log in", word, "wrong", 0) },
		func(m *Metrics) { m.ObserveThrottle(desk.ThrottleReason(word)) },
		func(m *Metrics) { m.ObserveResult(store.Channel(word), courier.Result(word)) },
		func(m *Metrics) {
			m.ObserveOperation(kvdb.EngineOperation(word), 0, fmt.Errorf("%s: %w", word, kvdb.ErrTooManyConflicts))
		},
	}
}

// TestLabelsAreWordsOfOurs checks that no label takes a value from outside, whatever the arguments are: the values always come
// from tables and lists, and the number of series is bounded.
func TestLabelsAreWordsOfOurs(t *testing.T) {
	ours := map[string]bool{otherLabel: true, "v1.2.3": true, goVersion(): true}
	add := func(words ...string) {
		for _, w := range words {
			ours[w] = true
		}
	}
	add(slices.Concat(testWords.SessionKinds, testWords.EndReasons, testWords.Refusals, testWords.Commands, operationResults)...)
	add("0", "1", "2", "0.25", "0.5", "0.75") // These are exit codes, and the quantiles of the Go collector.
	for s := range possibleSteps() {
		add(s.flow, string(s.state), string(s.outcome))
	}
	for _, by := range desk.Throttles {
		add(string(by))
	}
	for _, channel := range store.Channels {
		add(string(channel))
	}
	for _, result := range courier.Results {
		add(string(result))
	}
	for _, o := range kvdb.Operations {
		add(string(o))
	}
	rapid.Check(t, func(r *rapid.T) {
		m := newMetrics()
		words := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"S. Hoekstra", "3471 LW", "Goed-gekozen1", "../..", "\n# HELP"}), rapid.SampledFrom(slices.Sorted(maps.Keys(ours))))
		for range rapid.IntRange(1, 20).Draw(r, "times") {
			word := words.Draw(r, "word")
			for _, tell := range everything(word) {
				tell(m)
			}
		}
		families, err := m.registry.Gather()
		if err != nil {
			r.Fatal(err)
		}
		series := 0
		for _, family := range families {
			series += len(family.Metric)
			for _, metric := range family.Metric {
				for _, l := range metric.Label {
					if !ours[l.GetValue()] {
						r.Fatalf("%s has %s=%q", family.GetName(), l.GetName(), l.GetValue())
					}
				}
			}
		}
		if most := 1000; series > most {
			r.Fatalf("there are %d series", series)
		}
	})
}

// TestMetricsAreWellNamed checks that the names follow the rules of Prometheus, and that each metric has a help text.
func TestMetricsAreWellNamed(t *testing.T) {
	families, err := newMetrics().registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		name := family.GetName()
		if family.GetHelp() == "" {
			t.Errorf("%s has no help", name)
		}
		if ours := strings.HasPrefix(name, "loket_"); !ours && !strings.HasPrefix(name, "go_") && !strings.HasPrefix(name, "process_") {
			t.Errorf("%s is nobody's", name)
		} else if counts := strings.HasSuffix(name, "_total"); ours && counts != (family.GetType().String() == "COUNTER") {
			t.Errorf("%s is a %v", name, family.GetType())
		}
	}
}

// TestMetricsAreTheirOwn checks that two desks in one process count separately, and that neither uses the default registry.
func TestMetricsAreTheirOwn(t *testing.T) {
	one, two := newMetrics(), newMetrics()
	one.CountFrame()
	two.counts(t, map[string]float64{"loket_frames_drawn_total": 0})
	families, err := prometheus.DefaultGatherer.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if strings.HasPrefix(family.GetName(), "loket_") {
			t.Errorf("%s is where everybody looks", family.GetName())
		}
	}
}

// BenchmarkTold measures counting a step and an operation on the store.
func BenchmarkTold(b *testing.B) {
	m := newMetrics()
	b.Run("step", func(b *testing.B) {
		for b.Loop() {
			m.ObserveStep("log in", "ask credentials", "wrong", time.Millisecond)
		}
	})
	b.Run("store", func(b *testing.B) {
		for b.Loop() {
			m.ObserveOperation(kvdb.OperationUpdate, time.Millisecond, nil)
		}
	})
}
