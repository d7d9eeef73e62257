package app

import (
	"context"
	"net"
	"net/http"
	"time"

	"loket/ui/web/httpserver"
)

// serverLimits are the limits that phones on slow networks need.
var serverLimits = httpserver.Limits{
	Header: 5 * time.Second, Read: 10 * time.Second, Write: 20 * time.Second, Idle: 5 * time.Second,
	HeaderBytes: 8 << 10, Clients: 256, PerClient: 16,
}

// Serve serves h to phones on l until ctx is done. A TLS listener must offer HTTP/1.1 alone.
func Serve(ctx context.Context, l net.Listener, h http.Handler) *httpserver.Server {
	return httpserver.ServeOn(ctx, l, h, serverLimits)
}
