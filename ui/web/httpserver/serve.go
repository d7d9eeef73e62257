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

// Limits bound what clients may use of a server.
type Limits struct {
	HeaderTimeout time.Duration // to send the header of a request
	ReadTimeout   time.Duration // to send a whole request
	WriteTimeout  time.Duration // from the end of the header to the end of the response
	IdleTimeout   time.Duration // between two requests on a connection; 0 allows one request per connection
	HeaderBytes   int           // net/http reads 4 KiB more before it refuses
	MaxClients    int           // connections at once; further ones wait
	MaxPerClient  int           // connections at once from one address on the internet; 0 for no limit
}

// SmallLimits are the limits of Serve. They are small, because clients that ask for metrics
// need little. A connection serves one request.
var SmallLimits = Limits{
	HeaderTimeout: 2 * time.Second, ReadTimeout: 3 * time.Second, WriteTimeout: 10 * time.Second,
	HeaderBytes: 4 << 10, MaxClients: 32,
}

// shutdownTimeout is how long running requests get at the end.
const shutdownTimeout = 500 * time.Millisecond

// ParseAddress parses the address to listen at: HOST:PORT, or a port alone. Without a host it
// returns a loopback address, because metrics must not be public by accident.
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
	Addr string // where it listens, HOST:PORT, with the actual port if port 0 was asked for
	done chan struct{}
}

// Serve serves h at addr, which ParseAddress parses, with SmallLimits, until ctx is done.
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

// ServeOn serves h on l until ctx is done. Running requests then get half a second. It only
// speaks HTTP/1.1, so a TLS listener must offer no other protocol.
func ServeOn(ctx context.Context, l net.Listener, h http.Handler, limits Limits) *Server {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: limits.HeaderTimeout, ReadTimeout: limits.ReadTimeout, WriteTimeout: limits.WriteTimeout, IdleTimeout: limits.IdleTimeout,
		MaxHeaderBytes:               limits.HeaderBytes,
		DisableGeneralOptionsHandler: true,
		BaseContext:                  func(net.Listener) context.Context { return ctx },
		ErrorLog:                     log.New(io.Discard, "", 0), // net/http would log data of clients
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
		_ = server.Serve(netutil.LimitListener(limitPerClient(l, limits.MaxPerClient), limits.MaxClients)) // ends with http.ErrServerClosed
		<-stopped
	}()
	return s
}

// Wait waits until the server no longer listens and every request is over.
func (s *Server) Wait() { <-s.done }
