package ssh

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// house counts who is in, and keeps everybody within the Limits.
type house struct {
	limits Limits
	now    func() time.Time

	mu       sync.Mutex
	door     []*guest // who have yet to show who they are, in the order in which they came
	guests   int
	sessions int
	by       map[netip.Prefix]*caller
	swept    time.Time
}

// guest is a connection, as the house counts them.
type guest struct {
	from   netip.Prefix
	hangUp func()    // ends the connection
	since  time.Time // it stands at the door
	known  bool      // by a key
}

// caller is what is kept of an address.
type caller struct {
	bucket   *rate.Limiter // of new connections and sessions
	guests   int           // that are not known
	sessions int           // of those
}

func newHouse(l Limits, now func() time.Time) *house {
	return &house{limits: l, now: now, by: map[netip.Prefix]*caller{}}
}

// address is what counts as one: of IPv6, the network that one household or
// machine is given.
func address(a net.Addr) netip.Prefix {
	const household = 64 // bits
	tcp, is := a.(*net.TCPAddr)
	if !is {
		return netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	bits := ip.BitLen()
	if ip.Is6() {
		bits = household
	}
	p, _ := ip.Prefix(bits)
	return p
}

// caller finds what is kept of an address. h is locked.
func (h *house) caller(from netip.Prefix) *caller {
	h.sweep()
	c, known := h.by[from]
	if !known {
		c = &caller{bucket: rate.NewLimiter(rate.Limit(h.limits.ConnectRate), h.limits.ConnectBurst)}
		h.by[from] = c
	}
	return c
}

// sweep forgets, now and then, addresses of which nothing need be known.
func (h *house) sweep() {
	const often = time.Minute
	now := h.now()
	if now.Sub(h.swept) < often {
		return
	}
	h.swept = now
	for from, c := range h.by {
		if c.guests == 0 && c.sessions == 0 && c.bucket.TokensAt(now) >= float64(h.limits.ConnectBurst) {
			delete(h.by, from)
		}
	}
}

// dawdling is what a client does that takes so long to show who it is, when there
// are others who wait for its place at the door.
const dawdling = 2 * time.Second

// knock lets a new connection begin to show who it is, or tells why not. If it may,
// gone must follow. An address has half as many again as it may have sessions.
func (h *house) knock(g *guest) (why string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := h.caller(g.from)
	switch {
	case !c.bucket.AllowN(h.now(), 1):
		return refusedRate
	case c.guests >= h.limits.SessionsPerAddress*3/2+1:
		return refusedConnections
	case h.guests >= h.limits.Sessions+h.limits.Handshakes:
		return refusedFull
	}
	g.since = h.now()
	if len(h.door) >= h.limits.Handshakes {
		if g.since.Sub(h.door[0].since) < dawdling {
			return refusedHandshake
		}
		h.door[0].hangUp()
		h.door = h.door[1:]
	}
	h.door = append(h.door, g)
	h.guests++
	c.guests++
	return ""
}

// in notes that a connection has shown who it is: somebody who is known by a key
// counts no more among those of the address.
func (h *house) in(g *guest, known bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.leaveDoor(g)
	if known {
		g.known = true
		h.caller(g.from).guests--
	}
}

func (h *house) leaveDoor(g *guest) {
	h.door = slices.DeleteFunc(h.door, func(other *guest) bool { return other == g })
}

// gone notes that a connection is closed.
func (h *house) gone(g *guest) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.leaveDoor(g)
	h.guests--
	if !g.known {
		h.caller(g.from).guests--
	}
}

// enter lets a session begin, or tells why not. If it may, left must follow.
func (h *house) enter(g *guest, operator bool) (why string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := h.caller(g.from)
	switch {
	case !g.known && !c.bucket.AllowN(h.now(), 1):
		return refusedRate
	case !g.known && c.sessions >= h.limits.SessionsPerAddress:
		return refusedAddress
	case !operator && h.sessions >= h.limits.Sessions:
		return refusedFull
	}
	h.count(g, operator, 1)
	return ""
}

// left ends a session that entered.
func (h *house) left(g *guest, operator bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.count(g, operator, -1)
}

func (h *house) count(g *guest, operator bool, by int) {
	if !g.known {
		h.caller(g.from).sessions += by
	}
	if !operator {
		h.sessions += by
	}
}
