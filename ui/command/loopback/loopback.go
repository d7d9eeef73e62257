// Package loopback listens on addresses that only this machine can reach.
package loopback

import (
	"context"
	"errors"
	"net"
	"syscall"
)

// Localhost is the host name that refers to this machine.
const Localhost = "localhost"

// IsLocal reports whether a host is an IP address that only this machine can reach.
func IsLocal(host string) bool {
	return host == Localhost || net.ParseIP(host).IsLoopback()
}

// Listen listens on a port of a host. Localhost has two addresses, and a browser may try either of
// them. So Listen listens on both, or fails if another program has the port on one. A machine
// without IPv6 has one address.
func Listen(ctx context.Context, host, port string) (all []net.Listener, err error) {
	if host != Localhost {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
		if err != nil {
			return nil, err
		}
		return []net.Listener{l}, nil
	}
	const tries = 10 // tries is the number of ports that are tried to find a port that is free on both addresses.
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
	six, err := config.Listen(ctx, "tcp", net.JoinHostPort("::1", ListenerPort(four)))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, errors.Join(err, four.Close())
	case err != nil:
		return []net.Listener{four}, nil
	}
	return []net.Listener{four, six}, nil
}

// ListenerPort returns the port of a listener.
func ListenerPort(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
