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

// Limits bound what clients take of a server.
type Limits struct {
	Header      time.Duration // to say what they ask
	Read        time.Duration // to say all of it
	Write       time.Duration // to take the answer, from when it is known what they ask
	Idle        time.Duration // to ask something more; 0 has a connection for every request
	HeaderBytes int           // net/http reads 4 KiB more before it refuses
	Clients     int           // at once; others wait
	PerClient   int           // at once from one address on the internet; 0 for as many as come
}

// SmallLimits are the limits of Serve: small, because those who should ask how a desk does need
// little. Nobody takes up room between requests.
var SmallLimits = Limits{
	Header: 2 * time.Second, Read: 3 * time.Second, Write: 10 * time.Second,
	HeaderBytes: 4 << 10, Clients: 32,
}

// shutdownTimeout is how long requests that are under way get in the end.
const shutdownTimeout = 500 * time.Millisecond

// ParseAddress reads where to listen: HOST:PORT, or a port alone. Without a host it is
// this machine alone, because the metrics tell how the desk does.
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

// A Server is one that answers over HTTP.
type Server struct {
	Addr string // where it listens, HOST:PORT; the port is the one that it got if 0 was asked for
	over chan struct{}
}

// Serve has h answer at addr (see Address) until ctx is done, within small limits.
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

// ServeOn has h answer clients that come to l until ctx is done. Requests that are under
// way by then get half a second. It speaks HTTP/1.1 alone: if l is for TLS, that is
// all that it may offer.
func ServeOn(ctx context.Context, l net.Listener, h http.Handler, limits Limits) *Server {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: limits.Header, ReadTimeout: limits.Read, WriteTimeout: limits.Write, IdleTimeout: limits.Idle,
		MaxHeaderBytes:               limits.HeaderBytes,
		DisableGeneralOptionsHandler: true,
		BaseContext:                  func(net.Listener) context.Context { return ctx },
		ErrorLog:                     log.New(io.Discard, "", 0), // it would repeat what clients say
	}
	server.SetKeepAlivesEnabled(limits.Idle > 0)
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
		defer close(s.over)
		_ = server.Serve(netutil.LimitListener(limitPerClient(l, limits.PerClient), limits.Clients)) // ends with http.ErrServerClosed
		<-stopped
	}()
	return s
}

// Wait returns once it no longer listens and every request is over.
func (s *Server) Wait() { <-s.over }
