// Package loopback listens on this machine alone.
package loopback

import (
	"context"
	"errors"
	"net"
	"syscall"
)

// Localhost is the name of this machine for itself.
const Localhost = "localhost"

// IsLocal reports whether a host is this machine, for itself alone.
func IsLocal(host string) bool {
	return host == Localhost || net.ParseIP(host).IsLoopback()
}

// Listen listens at a host. Localhost has two numbers, and a browser may try either: so
// nobody else may have the port at the other one. Machines without IPv6 have one.
func Listen(ctx context.Context, host, port string) (all []net.Listener, err error) {
	if host != Localhost {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
		if err != nil {
			return nil, err
		}
		return []net.Listener{l}, nil
	}
	const tries = 10 // for a port that is free at both
	for range tries {
		if all, err = listenLocalhost(ctx, port); port != "0" || !errors.Is(err, syscall.EADDRINUSE) {
			break
		}
	}
	return all, err
}

func listenLocalhost(ctx context.Context, port string) ([]net.Listener, error) {
	var config net.ListenConfig
	four, err := config.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return nil, err
	}
	six, err := config.Listen(ctx, "tcp", net.JoinHostPort("::1", PortOf(four)))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, errors.Join(err, four.Close())
	case err != nil:
		return []net.Listener{four}, nil
	}
	return []net.Listener{four, six}, nil
}

// PortOf returns the port that a listener got.
func PortOf(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
