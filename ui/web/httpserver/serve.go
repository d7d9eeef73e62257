package httpserver

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/net/netutil"
)

// Limits bound the resources that clients of a server may use.
type Limits struct {
	HeaderTimeout time.Duration // HeaderTimeout limits the time to send the header of a request.
	ReadTimeout   time.Duration // ReadTimeout limits the time to send a whole request.
	WriteTimeout  time.Duration // WriteTimeout limits the time from the end of the request's header to the end of the response.
	// IdleTimeout limits the time between two requests on a connection. 0 allows only one request per connection.
	IdleTimeout time.Duration
	HeaderBytes int // HeaderBytes limits the size of a header; net/http reads 4 KiB more before it refuses the request.
	MaxClients  int // MaxClients limits the number of connections at the same time; further ones wait.
	// MaxPerClient limits the number of connections at the same time from one address on the internet. 0 means no limit.
	MaxPerClient int
}

// SmallLimits are the limits of Serve. They are small, because clients that ask for metrics need little. Each connection
// serves only one request.
var SmallLimits = Limits{
	HeaderTimeout: 2 * time.Second, ReadTimeout: 3 * time.Second, WriteTimeout: 10 * time.Second,
	HeaderBytes: 4 << 10, MaxClients: 32,
}

// shutdownTimeout is how long the server waits for running requests when it stops.
const shutdownTimeout = 500 * time.Millisecond

// ParseAddress parses an address to listen on: HOST:PORT, or only a port. If there is no host, it returns a loopback address,
// so that metrics do not become public by accident.
func ParseAddress(s string) (string, error) {
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		host, port = "", s
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", fmt.Errorf("%s is neither HOST:PORT nor a port", s)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}

// A Server is a running HTTP server.
type Server struct {
	Addr string // Addr is the address (HOST:PORT) on which the server listens. It has the actual port if port 0 was requested.
	done chan struct{}
}

// Serve serves h on addr with SmallLimits, until ctx is done. addr is in the format of ParseAddress.
func Serve(ctx context.Context, addr string, h http.Handler) (*Server, error) {
	addr, err := ParseAddress(addr)
	if err != nil {
		return nil, fmt.Errorf("serve over HTTP: %w", err)
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("serve over HTTP: %w", err)
	}
	return ServeOn(ctx, l, h, SmallLimits), nil
}

// ServeOn serves h on l until ctx is done. Then it gives running requests half a second to finish. It speaks only HTTP/1.1, so
// a TLS listener must not offer another protocol.
func ServeOn(ctx context.Context, l net.Listener, h http.Handler, limits Limits) *Server {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: limits.HeaderTimeout, ReadTimeout: limits.ReadTimeout, WriteTimeout: limits.WriteTimeout, IdleTimeout: limits.IdleTimeout,
		MaxHeaderBytes:               limits.HeaderBytes,
		DisableGeneralOptionsHandler: true,
		BaseContext:                  func(net.Listener) context.Context { return ctx },
		// The log of net/http is discarded, because it contains data of clients.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	server.SetKeepAlivesEnabled(limits.IdleTimeout > 0)
	s := &Server{l.Addr().String(), make(chan struct{})}
	stopped := make(chan struct{})
	context.AfterFunc(ctx, func() {
		defer close(stopped)
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		defer cancel()
		if server.Shutdown(grace) != nil {
			server.Close()
		}
	})
	go func() {
		defer close(s.done)
		// Serve always ends with http.ErrServerClosed.
		_ = server.Serve(netutil.LimitListener(limitPerClient(l, limits.MaxPerClient), limits.MaxClients))
		<-stopped
	}()
	return s
}

// WaitUntilStopped waits until the server has stopped listening and all requests have ended.
func (s *Server) WaitUntilStopped() { <-s.done }
