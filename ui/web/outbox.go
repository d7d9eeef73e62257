package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"loket/flows/clock"
	"loket/flows/courier"
	"loket/store"
)

// outboxMetrics counts the attempts to send messages.
type outboxMetrics struct {
	attempts *prometheus.CounterVec
	channels allowedLabels
	results  allowedLabels
}

func newOutboxMetrics(r registry) *outboxMetrics {
	o := &outboxMetrics{
		attempts: r.counter("loket_outbox_tries_total",
			"What came of e-mails and letters each time they were tried, by channel and result; an outage is the channel's, and then none is tried.", "channel", "result"),
		channels: newAllowedLabels(store.Channels), results: newAllowedLabels(courier.Results),
	}
	for _, channel := range store.Channels {
		for _, result := range courier.Results {
			o.attempts.WithLabelValues(string(channel), string(result))
		}
	}
	return o
}

func (o *outboxMetrics) countAttempt(channel store.Channel, result courier.Result) {
	o.attempts.WithLabelValues(o.channels.labelFor(string(channel)), o.results.labelFor(string(result))).Inc()
}

// A backlog has, for each channel, the messages that are waiting, and the time since which no message can be sent.
type backlog map[store.Channel]struct {
	store.Backlog
	outage time.Time // outage is the time at which the outage of the channel began, or zero if there is no outage.
}

func readBacklog(tx *store.Tx) backlog {
	all := backlog{}
	for _, channel := range store.Channels {
		of := all[channel]
		of.Backlog = tx.Backlog(channel)
		if o, is := tx.Outage(channel); is {
			of.outage = o.Since
		}
		all[channel] = of
	}
	return all
}

// A backlogCollector collects the metrics of messages that are waiting in the outbox.
type backlogCollector struct {
	clock        *clock.Clock
	backlog      *cachedLookup[backlog]
	deadMessages *cachedLookup[map[store.Channel]int]
}

var (
	outboxReadableDesc = prometheus.NewDesc("loket_outbox_readable", "1 if it is known what waits in the outbox, else 0.", nil, nil)
	outboxWaitingDesc  = newChannelDesc("loket_outbox_waiting", "E-mails or letters that wait to leave, by channel.")
	outboxOldestDesc   = newChannelDesc("loket_outbox_oldest_seconds", "How long ago the oldest one that waits was written, by channel; 0 if none waits.")
	outboxOutageDesc   = newChannelDesc("loket_outbox_outage_seconds", "How long nothing could leave by now, by channel; 0 if it can.")
	outboxDeadDesc     = newChannelDesc("loket_outbox_dead", "E-mails or letters that were given up, until an operator retries or drops them, by channel. Counted less often the more there is in the outbox.")
)

func newChannelDesc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, []string{"channel"}, nil)
}

// Describe implements [prometheus.Collector].
func (w *backlogCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{outboxReadableDesc, outboxWaitingDesc, outboxOldestDesc, outboxOutageDesc, outboxDeadDesc} {
		to <- d
	}
}

// Collect implements [prometheus.Collector]. It leaves out values that are not known.
func (w *backlogCollector) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	all, is := w.backlog.currentValue()
	dead, deadKnown := w.deadMessages.currentValue()
	if !is {
		gauge(outboxReadableDesc, 0)
		return
	}
	gauge(outboxReadableDesc, 1)
	now := w.clock.Now()
	for channel, of := range all {
		gauge(outboxWaitingDesc, float64(of.Waiting), string(channel))
		gauge(outboxOldestDesc, secondsSince(of.Oldest, now), string(channel))
		gauge(outboxOutageDesc, secondsSince(of.outage, now), string(channel))
		if deadKnown {
			gauge(outboxDeadDesc, float64(dead[channel]), string(channel))
		}
	}
}

// secondsSince returns the number of seconds from t to now, or 0 if t is zero.
func secondsSince(t, now time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return max(now.Sub(t), 0).Seconds()
}
