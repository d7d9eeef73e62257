package httpserver

import (
	"net"
	"net/netip"
	"sync"
)

// ClientPrefix returns the network that counts as one client on the internet: an IPv4 address or, for IPv6, the /64 network of
// a household. The prefix is not valid for an address on this machine or in a private network, because such an address may
// belong to a proxy for many clients.
func ClientPrefix(address string) netip.Prefix {
	const household = 64 // household is the prefix length of the IPv6 network of a household, in bits.
	addrPort, err := netip.ParseAddrPort(address)
	ip := addrPort.Addr().Unmap().WithZone("")
	if err != nil || ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() {
		return netip.Prefix{}
	}
	bits := ip.BitLen()
	if ip.Is6() {
		bits = household
	}
	p, _ := ip.Prefix(bits)
	return p
}

// limitPerClient returns a listener that closes new connections from a client that already has perClient connections. If
// perClient is 0, it returns l itself.
func limitPerClient(l net.Listener, perClient int) net.Listener {
	if perClient == 0 {
		return l
	}
	return &perClientListener{Listener: l, maxPerClient: perClient, openByClient: map[netip.Prefix]int{}}
}

type perClientListener struct {
	net.Listener
	maxPerClient int

	mu           sync.Mutex
	openByClient map[netip.Prefix]int
}

// Accept implements [net.Listener].
func (l *perClientListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := ClientPrefix(c.RemoteAddr().String())
		if !from.IsValid() {
			return c, nil
		}
		if l.addConn(from) {
			return &countedConn{Conn: c, release: sync.OnceFunc(func() { l.removeConn(from) })}, nil
		}
		c.Close()
	}
}

func (l *perClientListener) addConn(from netip.Prefix) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.openByClient[from] >= l.maxPerClient {
		return false
	}
	l.openByClient[from]++
	return true
}

func (l *perClientListener) removeConn(from netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.openByClient[from]--; l.openByClient[from] == 0 {
		delete(l.openByClient, from)
	}
}

type countedConn struct {
	net.Conn
	release func()
}

// Close implements [net.Conn].
func (c *countedConn) Close() error {
	defer c.release()
	return c.Conn.Close()
}
