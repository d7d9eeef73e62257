package web

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

// Limits on whoever asks: small, since those who should ask need little.
const (
	headerTime    = 2 * time.Second
	readTime      = 3 * time.Second
	writeTime     = 10 * time.Second
	headerBytes   = 4 << 10 // net/http reads 4 KiB more before it refuses
	mostClients   = 32      // at once; others wait
	farewellLimit = 500 * time.Millisecond
)

// Address reads where to listen: HOST:PORT, or a port alone. Without a host it is
// this machine alone, since who can read the metrics knows how the desk does.
func Address(s string) (string, error) {
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

// A Server is one that Serve started.
type Server struct {
	Addr string // where it listens, HOST:PORT; the port is the one that it got if 0 was asked for
	over chan struct{}
}

// Serve has h answer at addr (see Address) until ctx is done. Requests that are
// under way by then get half a second.
func Serve(ctx context.Context, addr string, h http.Handler) (*Server, error) {
	addr, err := Address(addr)
	if err != nil {
		return nil, fmt.Errorf("serve over HTTP: %w", err)
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("serve over HTTP: %w", err)
	}
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: readTime,
		MaxHeaderBytes:               headerBytes,
		DisableGeneralOptionsHandler: true,
		BaseContext:                  func(net.Listener) context.Context { return ctx },
		ErrorLog:                     log.New(io.Discard, "", 0), // it would repeat what clients say
	}
	server.SetKeepAlivesEnabled(false) // nobody takes up room between requests
	s := &Server{l.Addr().String(), make(chan struct{})}
	stopped := make(chan struct{})
	context.AfterFunc(ctx, func() {
		defer close(stopped)
		patient, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewellLimit)
		defer cancel()
		if server.Shutdown(patient) != nil {
			server.Close()
		}
	})
	go func() {
		defer close(s.over)
		_ = server.Serve(netutil.LimitListener(l, mostClients)) // ends with http.ErrServerClosed
		<-stopped
	}()
	return s, nil
}

// Wait returns once it no longer listens and every request is over.
func (s *Server) Wait() { <-s.over }
