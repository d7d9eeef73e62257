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
	spoke   bool      // the client has sent something
	known   bool      // by a key
	over    bool      // it counts no more
}

// address is what is kept of an address.
type address struct {
	sessionRate   *rate.Limiter // of new sessions
	handshakeRate *rate.Limiter // of new connections whose client speaks
	connections   int           // that are not known
	pending       int           // of those, with a handshake that is not over
	sessions      int           // of those
	keyed         time.Time     // somebody was last there who is known by a key
}

// NewLimiter returns a Limiter for which there is nobody yet.
func NewLimiter(s Settings, now func() time.Time) *Limiter {
	return &Limiter{settings: s, now: now, addresses: map[netip.Prefix]*address{}}
}

// clientPrefix returns what counts as one address: of IPv6, the network that one household or
// machine is given.
func clientPrefix(a net.Addr) netip.Prefix {
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
		perSecond, burst := rate.Limit(l.settings.ConnectRate), l.settings.ConnectBurst
		a = &address{
			sessionRate:   rate.NewLimiter(perSecond, burst),
			handshakeRate: rate.NewLimiter(perSecond*handshakesEach, burst*handshakesEach),
		}
		l.addresses[from] = a
	}
	return a
}

const (
	// handshakesEach is how many handshakes an address may begin for each session: one
	// costs next to nothing, and strangers behind one address share it with terminals.
	handshakesEach = 4

	// handshakesKeyed is the same, once a key came from there.
	handshakesKeyed = 4 * handshakesEach

	// lately is how long an address counts as one from which a key came. Terminals stay
	// connected for days, so it begins anew when their connection ends.
	lately = 24 * time.Hour
)

// isKeyed reports whether a key came from an address lately. l is locked.
func (l *Limiter) isKeyed(a *address) bool { return !a.keyed.IsZero() && l.now().Sub(a.keyed) < lately }

// sweep forgets, now and then, addresses of which nothing need be known. l is locked.
func (l *Limiter) sweep() {
	const often = time.Minute
	now := l.now()
	if now.Sub(l.swept) < often {
		return
	}
	l.swept = now
	for from, a := range l.addresses {
		full := a.sessionRate.TokensAt(now) >= float64(a.sessionRate.Burst()) && a.handshakeRate.TokensAt(now) >= float64(a.handshakeRate.Burst())
		if a.connections == 0 && a.sessions == 0 && full && !l.isKeyed(a) {
			delete(l.addresses, from)
		}
	}
}

// Admit reserves a handshake slot for a connection, or returns the reason for refusing
// it. The caller must Release the Admission. hangUp is called if the connection is to be
// evicted.
//
// Where there is no slot, the oldest connection leaves whose client has sent nothing, and
// not the newcomer: terminals and operators send something at once.
func (l *Limiter) Admit(from net.Addr, hangUp func()) (a *Admission, refused string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a = &Admission{limiter: l, from: clientPrefix(from), hangUp: hangUp, since: l.now()}
	of := l.of(a.from)
	if of.connections-of.pending >= l.mostConnections() {
		return nil, RefusedConnections
	}
	if of.pending >= l.slots(of) && !l.evict(l.isKeyed(of), func(other *Admission) bool { return other.from == a.from }) ||
		len(l.handshakes) >= l.settings.Handshakes && !l.evict(l.isKeyed(of), func(*Admission) bool { return true }) {
		return nil, RefusedHandshake
	}
	if l.connections >= l.settings.Sessions+l.settings.Handshakes {
		return nil, RefusedFull
	}
	l.handshakes = append(l.handshakes, a)
	l.connections++
	of.connections++
	of.pending++
	return a, ""
}

// Spoke notes that the client has sent something, or returns the reason for refusing to
// go on with it.
func (a *Admission) Spoke() (refused string) {
	l := a.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	a.spoke = true
	if !l.of(a.from).handshakeRate.AllowN(l.now(), 1) {
		return RefusedRate
	}
	return ""
}

// HandshakeDone notes that the handshake is over, or returns the reason for refusing to go on. A
// client that is known by a key counts no more among those of its address.
func (a *Admission) HandshakeDone(known bool) (refused string) {
	l := a.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	a.freeHandshake()
	of := l.of(a.from)
	switch {
	case a.over: // it was evicted meanwhile
		return RefusedHandshake
	case known:
		a.known = true
		of.connections--
		of.becomeKeyed(l.now())
	case of.connections-of.pending > l.mostConnections(): // others came at the same time
		return RefusedConnections
	}
	return ""
}

// mostConnections is how many connections without a key an address has at once: half as
// many again as it may have sessions.
func (l *Limiter) mostConnections() int { return l.settings.SessionsPerAddress*3/2 + 1 }

// becomeKeyed notes that a key came from the address. It may begin more handshakes from
// then on, as long as something is kept of it.
func (a *address) becomeKeyed(now time.Time) {
	if a.keyed.IsZero() {
		a.handshakeRate.SetLimitAt(now, a.sessionRate.Limit()*handshakesKeyed)
		a.handshakeRate.SetBurstAt(now, a.sessionRate.Burst()*handshakesKeyed)
	}
	a.keyed = now
}

// freeHandshake notes that the handshake is pending no more. The limiter is locked.
func (a *Admission) freeHandshake() {
	l := a.limiter
	before := len(l.handshakes)
	l.handshakes = slices.DeleteFunc(l.handshakes, func(other *Admission) bool { return other == a })
	if len(l.handshakes) < before {
		l.of(a.from).pending--
	}
}

// Release notes that the connection is closed.
func (a *Admission) Release() {
	a.limiter.mu.Lock()
	defer a.limiter.mu.Unlock()
	a.release()
}

// release notes, once, that the connection counts no more. The limiter is locked.
func (a *Admission) release() {
	if a.over {
		return
	}
	a.over = true
	a.freeHandshake()
	a.limiter.connections--
	of := a.limiter.of(a.from)
	if a.known {
		of.becomeKeyed(a.limiter.now())
	} else {
		of.connections--
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
	case !a.known && !of.sessionRate.AllowN(l.now(), 1):
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
