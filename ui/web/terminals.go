package web

import (
	"github.com/prometheus/client_golang/prometheus"

	"loket/ui/fleet"
)

// WatchTerminals also shows which terminals are connected, and when somebody last used them. It may be called once.
func (m *Metrics) WatchTerminals(f *fleet.Fleet) {
	if m != nil {
		m.registry.MustRegister(&terminalCollector{f})
	}
}

// terminalCollector collects metrics of terminals when a client asks for the metrics. A terminal is a label, so that there are
// as many of them as names in the file of keys.
type terminalCollector struct{ fleet *fleet.Fleet }

var (
	terminalConnectedDesc = prometheus.NewDesc("loket_terminal_connected", "1 if a terminal is connected to this desk, else 0.", []string{"terminal"}, nil)
	terminalSinceDesc     = prometheus.NewDesc("loket_terminal_since_seconds", "When a terminal connected or disconnected, in seconds since 1970; absent before.", []string{"terminal"}, nil)
	terminalInputDesc     = prometheus.NewDesc("loket_terminal_last_input_seconds", "When somebody last used a terminal, in seconds since 1970; absent before.", []string{"terminal"}, nil)
)

// Describe implements [prometheus.Collector].
func (c *terminalCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{terminalConnectedDesc, terminalSinceDesc, terminalInputDesc} {
		to <- d
	}
}

// Collect implements [prometheus.Collector].
func (c *terminalCollector) Collect(to chan<- prometheus.Metric) {
	for _, t := range c.fleet.Terminals() {
		to <- prometheus.MustNewConstMetric(terminalConnectedDesc, prometheus.GaugeValue, boolToGauge(t.Connected), t.Name)
		if !t.Since.IsZero() {
			to <- prometheus.MustNewConstMetric(terminalSinceDesc, prometheus.GaugeValue, float64(t.Since.Unix()), t.Name)
		}
		if !t.LastInput.IsZero() {
			to <- prometheus.MustNewConstMetric(terminalInputDesc, prometheus.GaugeValue, float64(t.LastInput.Unix()), t.Name)
		}
	}
}
