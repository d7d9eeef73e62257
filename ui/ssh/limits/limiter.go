package limits

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A Limiter counts connections and sessions, and keeps everybody within the Settings.
type Limiter struct {
	settings Settings
	now      func() time.Time

	mu          sync.Mutex
	handshakes  []*Admission // that are pending, in the order in which they came
	connections int
	sessions    int
	addresses   map[netip.Prefix]*address
	swept       time.Time
}

// An Admission is a connection, as a Limiter counts them.
type Admission struct {
	limiter *Limiter
	from    netip.Prefix
	hangUp  func()    // ends the connection
	since   time.Time // its handshake is pending
	known   bool      // by a key
}

// address is what is kept of an address.
type address struct {
	bucket      *rate.Limiter // of new connections and sessions
	connections int           // that are not known
	sessions    int           // of those
}

// NewLimiter returns a Limiter for which there is nobody yet.
func NewLimiter(s Settings, now func() time.Time) *Limiter {
	return &Limiter{settings: s, now: now, addresses: map[netip.Prefix]*address{}}
}

// prefixOf returns what counts as one address: of IPv6, the network that one household or
// machine is given.
func prefixOf(a net.Addr) netip.Prefix {
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

// of returns what is kept of an address. l is locked.
func (l *Limiter) of(from netip.Prefix) *address {
	l.sweep()
	a, known := l.addresses[from]
	if !known {
		a = &address{bucket: rate.NewLimiter(rate.Limit(l.settings.ConnectRate), l.settings.ConnectBurst)}
		l.addresses[from] = a
	}
	return a
}

// sweep forgets, now and then, addresses of which nothing need be known. l is locked.
func (l *Limiter) sweep() {
	const often = time.Minute
	now := l.now()
	if now.Sub(l.swept) < often {
		return
	}
	l.swept = now
	for from, a := range l.addresses {
		if a.connections == 0 && a.sessions == 0 && a.bucket.TokensAt(now) >= float64(l.settings.ConnectBurst) {
			delete(l.addresses, from)
		}
	}
}

// slowHandshake is the age after which a pending handshake may be evicted in favour of a
// newer one.
const slowHandshake = 2 * time.Second

// Admit reserves a handshake slot for a connection, or returns the reason for refusing
// it. The caller must Release the Admission. hangUp is called if the connection is to be
// evicted. An address has half as many connections again as it may have sessions.
func (l *Limiter) Admit(from net.Addr, hangUp func()) (a *Admission, refused string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a = &Admission{limiter: l, from: prefixOf(from), hangUp: hangUp, since: l.now()}
	of := l.of(a.from)
	switch {
	case !of.bucket.AllowN(a.since, 1):
		return nil, RefusedRate
	case of.connections >= l.settings.SessionsPerAddress*3/2+1:
		return nil, RefusedConnections
	case l.connections >= l.settings.Sessions+l.settings.Handshakes:
		return nil, RefusedFull
	}
	if len(l.handshakes) >= l.settings.Handshakes {
		oldest := l.handshakes[0]
		if a.since.Sub(oldest.since) < slowHandshake {
			return nil, RefusedHandshake
		}
		oldest.hangUp()
		l.handshakes = l.handshakes[1:]
	}
	l.handshakes = append(l.handshakes, a)
	l.connections++
	of.connections++
	return a, ""
}

// Shook notes that the handshake is over. A client that is known by a key counts no more
// among those of its address.
func (a *Admission) Shook(known bool) {
	a.limiter.mu.Lock()
	defer a.limiter.mu.Unlock()
	a.freeHandshake()
	if known {
		a.known = true
		a.limiter.of(a.from).connections--
	}
}

func (a *Admission) freeHandshake() {
	a.limiter.handshakes = slices.DeleteFunc(a.limiter.handshakes, func(other *Admission) bool { return other == a })
}

// Release notes that the connection is closed.
func (a *Admission) Release() {
	a.limiter.mu.Lock()
	defer a.limiter.mu.Unlock()
	a.freeHandshake()
	a.limiter.connections--
	if !a.known {
		a.limiter.of(a.from).connections--
	}
}

// BeginSession lets a session begin, or returns the reason for refusing it. If it may
// begin, EndSession must follow.
func (a *Admission) BeginSession(operator bool) (refused string) {
	l := a.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	of := l.of(a.from)
	switch {
	case !a.known && !of.bucket.AllowN(l.now(), 1):
		return RefusedRate
	case !a.known && of.sessions >= l.settings.SessionsPerAddress:
		return RefusedAddress
	case !operator && l.sessions >= l.settings.Sessions:
		return RefusedFull
	}
	a.count(operator, 1)
	return ""
}

// EndSession ends a session that began.
func (a *Admission) EndSession(operator bool) {
	a.limiter.mu.Lock()
	defer a.limiter.mu.Unlock()
	a.count(operator, -1)
}

func (a *Admission) count(operator bool, by int) {
	if !a.known {
		a.limiter.of(a.from).sessions += by
	}
	if !operator {
		a.limiter.sessions += by
	}
}

// InUse returns how many connections there are, how many of them have a handshake
// pending, and how many sessions there are.
func (l *Limiter) InUse() (connections, handshakes, sessions int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.connections, len(l.handshakes), l.sessions
}
