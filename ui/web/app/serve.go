package app

import (
	"context"
	"net"
	"net/http"
	"time"

	"loket/ui/web/httpserver"
)

// serverLimits are limits that also suit phones on slow networks.
var serverLimits = httpserver.Limits{
	HeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 20 * time.Second, IdleTimeout: 5 * time.Second,
	HeaderBytes: 8 << 10, MaxClients: 256, MaxPerClient: 16,
}

// Serve serves h to phones that connect to l, until ctx is done. If l is a TLS listener, it must offer only HTTP/1.1.
func Serve(ctx context.Context, l net.Listener, h http.Handler) *httpserver.Server {
	return httpserver.ServeOn(ctx, l, h, serverLimits)
}
