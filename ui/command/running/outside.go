package running

import (
	"context"
	"fmt"
	"net"

	"loket/flows/clock"
	"loket/store"
	"loket/store/kvdb"
	"loket/ui/command/buildinfo"
	"loket/ui/command/console"
	"loket/ui/command/loopback"
	"loket/ui/web"
	"loket/ui/web/httpserver"
)

// MonitoringFlags has the flags for monitoring over HTTP.
type MonitoringFlags struct {
	HTTP string `name:"http" env:"LOKET_HTTP" placeholder:"[HOST:]PORT" help:"Where on this machine to show over HTTP how the desk does: /healthz, /readyz and /metrics, for Prometheus. Other machines look through a proxy with TLS and a password. Nowhere, unless given."`
}

// checkFlags returns an error if other machines can reach the address for monitoring.
func (o MonitoringFlags) checkFlags() error {
	if o.HTTP == "" {
		return nil
	}
	addr, err := httpserver.ParseAddress(o.HTTP)
	if err != nil {
		return console.UsageError(fmt.Sprintf("--http %v", err))
	}
	if host, _, _ := net.SplitHostPort(addr); !loopback.IsLocal(host) {
		// Someone who reads the counts of messages often enough can find out who is a customer.
		return console.UsageError("--http " + o.HTTP + " is open to other machines, which could see in the metrics what no screen tells: listen on this machine alone, behind a proxy that has a certificate and asks for a password")
	}
	return nil
}

// NewMetrics returns new metrics, or nil if no flag asks for them.
func (o MonitoringFlags) NewMetrics(words web.LabelValues) *web.Metrics {
	if o.HTTP == "" {
		return nil
	}
	return web.NewMetrics(buildinfo.Version(), words)
}

// measureStore returns a function that wraps an engine, so that m measures its operations.
func measureStore(m *web.Metrics, clock *clock.Clock) func(kvdb.Engine) kvdb.Engine {
	return func(e kvdb.Engine) kvdb.Engine {
		if m == nil {
			return e
		}
		return kvdb.MeasureEngine(e, clock.RealNow, m.ObserveOperation)
	}
}

// ServeMonitoring serves health checks and metrics over HTTP until stop is called. stop returns within a second, and must be
// called before s is closed. After ctx is done it answers that the desk is stopping. The metrics include the outbox of s,
// unless s is nil because every visitor has a separate store. It calls tell with its address. Without --http it does nothing.
func (o MonitoringFlags) ServeMonitoring(ctx context.Context, m *web.Metrics, s *store.Store, clock *clock.Clock, tell func(sentence string)) (stop func(), err error) {
	if m == nil {
		return func() {}, nil
	}
	ready := web.NewReadinessCheck(s, clock)
	asked := context.AfterFunc(ctx, ready.MarkStopping)
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if s != nil {
		m.WatchStore(ctx, s, clock)
	}
	server, err := httpserver.Serve(ctx, o.HTTP, web.Handler(m, ready))
	if err != nil {
		cancel()
		return nil, err
	}
	tell(fmt.Sprintf("To be seen at http://%s/metrics.", server.Addr))
	return func() { asked(); cancel(); server.WaitUntilStopped() }, nil
}
