package command

import (
	"context"
	"fmt"

	"loket/flows/clock"
	"loket/store"
	"loket/store/kvdb"
	"loket/ui/web"
)

// Outside is how a desk can be seen from outside.
type Outside struct {
	HTTP string `name:"http" env:"LOKET_HTTP" placeholder:"[HOST:]PORT" help:"Where to show over HTTP how the desk does: /healthz, /readyz and /metrics, for Prometheus. A port alone is for this machine only. Nowhere, unless given."`
}

// check refuses what cannot be meant.
func (o Outside) check() error {
	if o.HTTP == "" {
		return nil
	}
	if _, err := web.Address(o.HTTP); err != nil {
		return Usage(fmt.Sprintf("--http %v", err))
	}
	return nil
}

// metrics are where to count what happens; nil if nobody can ask for it.
func (o Outside) metrics(words web.Words) *web.Metrics {
	if o.HTTP == "" {
		return nil
	}
	return web.NewMetrics(Version(), words)
}

// measured is what to open a Database with for m to know how its store does.
func measured(m *web.Metrics, clock *clock.Clock) func(kvdb.Engine) kvdb.Engine {
	return func(e kvdb.Engine) kvdb.Engine {
		if m == nil {
			return e
		}
		return kvdb.Measured(e, clock.Unmoved, m.Stored)
	}
}

// show has a desk be seen until stop, which returns within a second and comes
// before s is closed; once ctx is done it is seen to stop. What waits in the outbox
// is seen too if there is one store, and none of its own for everybody. It tells
// where. Without --http it does nothing.
func (o Outside) show(ctx context.Context, m *web.Metrics, s *store.Store, clock *clock.Clock, tell func(sentence string)) (stop func(), err error) {
	if m == nil {
		return func() {}, nil
	}
	ready := web.NewReady(s)
	asked := context.AfterFunc(ctx, ready.Stopping)
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if s != nil {
		m.WatchStore(ctx, s, clock)
	}
	server, err := web.Serve(ctx, o.HTTP, web.Handler(m, ready))
	if err != nil {
		cancel()
		return nil, err
	}
	tell(fmt.Sprintf("To be seen at http://%s/metrics.", server.Addr))
	return func() { asked(); cancel(); server.Wait() }, nil
}
