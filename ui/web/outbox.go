package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"loket/flows/clock"
	"loket/flows/courier"
	"loket/store"
)

// outbox counts what leaves, or does not.
type outbox struct {
	tried    *prometheus.CounterVec
	channels known
	results  known
}

func newOutbox(r registry) *outbox {
	o := &outbox{
		tried: r.counter("loket_outbox_tries_total",
			"What came of e-mails and letters each time they were tried, by channel and result; an outage is the channel's, and then none is tried.", "channel", "result"),
		channels: newKnown(store.Channels), results: newKnown(courier.Results),
	}
	for _, channel := range store.Channels {
		for _, result := range courier.Results {
			o.tried.WithLabelValues(string(channel), string(result))
		}
	}
	return o
}

func (o *outbox) try(channel store.Channel, result courier.Result) {
	o.tried.WithLabelValues(o.channels.word(string(channel)), o.results.word(string(result))).Inc()
}

// backlog is what waits over each channel, and since when nothing leaves.
type backlog map[store.Channel]struct {
	store.Backlog
	outage time.Time // since when; zero if none
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

// waiting is a collector of what waits in the outbox.
type waiting struct {
	clock   *clock.Clock
	backlog *lookup[backlog]
	dead    *lookup[map[store.Channel]int]
}

var (
	outboxReadable = prometheus.NewDesc("loket_outbox_readable", "1 if it is known what waits in the outbox, else 0.", nil, nil)
	outboxWaiting  = aboutChannel("loket_outbox_waiting", "E-mails or letters that wait to leave, by channel.")
	outboxOldest   = aboutChannel("loket_outbox_oldest_seconds", "How long ago the oldest one that waits was written, by channel; 0 if none waits.")
	outboxOutage   = aboutChannel("loket_outbox_outage_seconds", "How long nothing could leave by now, by channel; 0 if it can.")
	outboxDead     = aboutChannel("loket_outbox_dead", "E-mails or letters that were given up, until an operator retries or drops them, by channel. Counted less often the more there is in the outbox.")
)

func aboutChannel(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, []string{"channel"}, nil)
}

// Describe implements [prometheus.Collector].
func (w *waiting) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{outboxReadable, outboxWaiting, outboxOldest, outboxOutage, outboxDead} {
		to <- d
	}
}

// Collect implements [prometheus.Collector]. What is not known is left out.
func (w *waiting) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	all, is := w.backlog.get()
	dead, counted := w.dead.get()
	if !is {
		gauge(outboxReadable, 0)
		return
	}
	gauge(outboxReadable, 1)
	now := w.clock.Now()
	for channel, of := range all {
		gauge(outboxWaiting, float64(of.Waiting), string(channel))
		gauge(outboxOldest, since(of.Oldest, now), string(channel))
		gauge(outboxOutage, since(of.outage, now), string(channel))
		if counted {
			gauge(outboxDead, float64(dead[channel]), string(channel))
		}
	}
}

// since is how many seconds ago t was; 0 if it never was.
func since(t, now time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return max(now.Sub(t), 0).Seconds()
}
