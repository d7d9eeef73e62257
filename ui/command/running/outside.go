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

// MonitoringFlags is how a desk can be seen from outside.
type MonitoringFlags struct {
	HTTP string `name:"http" env:"LOKET_HTTP" placeholder:"[HOST:]PORT" help:"Where on this machine to show over HTTP how the desk does: /healthz, /readyz and /metrics, for Prometheus. Other machines look through a proxy with TLS and a password. Nowhere, unless given."`
}

// checkFlags refuses what cannot be meant.
func (o MonitoringFlags) checkFlags() error {
	if o.HTTP == "" {
		return nil
	}
	addr, err := httpserver.ParseAddress(o.HTTP)
	if err != nil {
		return console.UsageError(fmt.Sprintf("--http %v", err))
	}
	if host, _, _ := net.SplitHostPort(addr); !loopback.IsLocal(host) {
		// What was sent to how many, asked for often enough, tells who is a customer.
		return console.UsageError("--http " + o.HTTP + " is open to other machines, which could see in the metrics what no screen tells: listen on this machine alone, behind a proxy that has a certificate and asks for a password")
	}
	return nil
}

// NewMetrics returns where to count what happens, or nil if nobody can ask for it.
func (o MonitoringFlags) NewMetrics(words web.LabelValues) *web.Metrics {
	if o.HTTP == "" {
		return nil
	}
	return web.NewMetrics(buildinfo.Version(), words)
}

// measureStore returns what to open a database with for m to know how its store does.
func measureStore(m *web.Metrics, clock *clock.Clock) func(kvdb.Engine) kvdb.Engine {
	return func(e kvdb.Engine) kvdb.Engine {
		if m == nil {
			return e
		}
		return kvdb.MeasureEngine(e, clock.RealNow, m.Stored)
	}
}

// ServeMonitoring shows over HTTP how a desk does, until stop, which returns within a second and
// comes before s is closed; once ctx is done it shows that the desk stops. What waits in
// the outbox of s is shown too, unless s is nil because every visitor has a store of
// their own. It tells where to look. Without --http it does nothing.
func (o MonitoringFlags) ServeMonitoring(ctx context.Context, m *web.Metrics, s *store.Store, clock *clock.Clock, tell func(sentence string)) (stop func(), err error) {
	if m == nil {
		return func() {}, nil
	}
	ready := web.NewReady(s, clock)
	asked := context.AfterFunc(ctx, ready.Stopping)
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
	return func() { asked(); cancel(); server.Wait() }, nil
}
