package limits

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A Limiter counts connections and sessions, and refuses those that exceed the Settings.
type Limiter struct {
	settings Settings
	now      func() time.Time

	mu          sync.Mutex
	handshakes  []*Admission // handshakes has the connections with a pending handshake, oldest first.
	connections int
	sessions    int
	addresses   map[netip.Prefix]*addressEntry
	sweptAt     time.Time
}

// An Admission is a connection that a Limiter has admitted and counts.
type Admission struct {
	limiter     *Limiter
	from        netip.Prefix
	hangUp      func()    // hangUp closes the connection.
	startedAt   time.Time // startedAt is the start of the handshake.
	hasSentData bool      // hasSentData reports whether the client has sent anything.
	hasKey      bool      // hasKey reports whether the client has a known key.
	isReleased  bool      // isReleased reports whether the connection no longer counts.
}

// An addressEntry has the counts and rates that a Limiter keeps for an IP address.
type addressEntry struct {
	sessionRate   *rate.Limiter // sessionRate limits the rate of new sessions.
	handshakeRate *rate.Limiter // handshakeRate limits the rate of connections whose client has sent something.
	connections   int           // connections is the number of connections without a known key.
	pending       int           // pending is the number of connections without a known key whose handshake is pending.
	sessions      int           // sessions is the number of sessions on connections without a known key.
	lastKeyTime   time.Time     // lastKeyTime is the last time at which a client with a known key was connected.
}

// NewLimiter returns a Limiter that has no connections yet.
func NewLimiter(s Settings, now func() time.Time) *Limiter {
	return &Limiter{settings: s, now: now, addresses: map[netip.Prefix]*addressEntry{}}
}

// clientPrefix returns the network that counts as one address. For IPv6 it is the /64 of a household or machine.
func clientPrefix(a net.Addr) netip.Prefix {
	const household = 64 // household is the prefix length of the IPv6 network of a household, in bits.
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

// findOrAddAddress returns the entry of an address, and makes a new entry if there is none. The caller must hold l.mu.
func (l *Limiter) findOrAddAddress(from netip.Prefix) *addressEntry {
	l.sweepAddresses()
	a, known := l.addresses[from]
	if !known {
		perSecond, burst := rate.Limit(l.settings.ConnectRate), l.settings.ConnectBurst
		a = &addressEntry{
			sessionRate:   rate.NewLimiter(perSecond, burst),
			handshakeRate: rate.NewLimiter(perSecond*handshakesPerSession, burst*handshakesPerSession),
		}
		l.addresses[from] = a
	}
	return a
}

const (
	// handshakesPerSession is the number of handshakes that an address may begin for each new session. It is more than one,
	// because a handshake costs little, and because strangers may share an address with terminals.
	handshakesPerSession = 4

	// handshakesWithKey is the number of handshakes for each new session at an address from which a known key has come.
	handshakesWithKey = 4 * handshakesPerSession

	// recentKeyTime is how long the address of a client with a known key gets better treatment. The time starts again when the
	// client's connection ends, because terminals stay connected for days.
	recentKeyTime = 24 * time.Hour
)

// hasRecentKey reports whether a known key came from an address within recentKeyTime. The caller must hold l.mu.
func (l *Limiter) hasRecentKey(a *addressEntry) bool {
	return !a.lastKeyTime.IsZero() && l.now().Sub(a.lastKeyTime) < recentKeyTime
}

// sweepAddresses removes the entries of addresses that are in their initial state, at most once a minute. The caller must hold l.mu.
func (l *Limiter) sweepAddresses() {
	const often = time.Minute
	now := l.now()
	if now.Sub(l.sweptAt) < often {
		return
	}
	l.sweptAt = now
	for from, a := range l.addresses {
		full := a.sessionRate.TokensAt(now) >= float64(a.sessionRate.Burst()) && a.handshakeRate.TokensAt(now) >= float64(a.handshakeRate.Burst())
		if a.connections == 0 && a.sessions == 0 && full && !l.hasRecentKey(a) {
			delete(l.addresses, from)
		}
	}
}

// Admit reserves a handshake slot for a connection, or returns the reason for refusing the connection. The caller must Release
// the Admission. The Limiter calls hangUp if it evicts the connection.
//
// If there is no free slot, Admit first tries to evict an older connection whose client has sent nothing. Such a client is
// unlikely to be a terminal or an operator, which send something at once.
func (l *Limiter) Admit(from net.Addr, hangUp func()) (a *Admission, refused string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a = &Admission{limiter: l, from: clientPrefix(from), hangUp: hangUp, startedAt: l.now()}
	addr := l.findOrAddAddress(a.from)
	if addr.connections-addr.pending >= l.maxConnections() {
		return nil, RefusedAddressConns
	}
	if addr.pending >= l.maxPendingHandshakes(addr) && !l.evictPendingConn(l.hasRecentKey(addr), func(other *Admission) bool { return other.from == a.from }) ||
		len(l.handshakes) >= l.settings.Handshakes && !l.evictPendingConn(l.hasRecentKey(addr), func(*Admission) bool { return true }) {
		return nil, RefusedHandshake
	}
	if l.connections >= l.settings.Sessions+l.settings.Handshakes {
		return nil, RefusedServerFull
	}
	l.handshakes = append(l.handshakes, a)
	l.connections++
	addr.connections++
	addr.pending++
	return a, ""
}

// RecordFirstData records that the client has sent something. It returns the reason if the connection must be refused, and
// otherwise an empty string.
func (a *Admission) RecordFirstData() (refused string) {
	l := a.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	a.hasSentData = true
	if !l.findOrAddAddress(a.from).handshakeRate.AllowN(l.now(), 1) {
		return RefusedConnectionRate
	}
	return ""
}

// HandshakeDone records that the handshake is over. It returns the reason if the connection must be refused, and otherwise an
// empty string. A client with a known key no longer counts among the clients of its address.
func (a *Admission) HandshakeDone(known bool) (refused string) {
	l := a.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	a.freeHandshakeSlot()
	addr := l.findOrAddAddress(a.from)
	switch {
	case a.isReleased: // The connection was evicted in the meantime.
		return RefusedHandshake
	case known:
		a.hasKey = true
		addr.connections--
		addr.recordKey(l.now())
	case addr.connections-addr.pending > l.maxConnections(): // Other connections from the address came at the same time.
		return RefusedAddressConns
	}
	return ""
}

// maxConnections returns the largest number of connections without a known key that an address may have at the same time: one
// and a half times the number of sessions, plus one.
func (l *Limiter) maxConnections() int { return l.settings.SessionsPerAddress*3/2 + 1 }

// recordKey records that a client with a known key connected from the address. After that the address may begin more
// handshakes, as long as its entry is kept.
func (a *addressEntry) recordKey(now time.Time) {
	if a.lastKeyTime.IsZero() {
		a.handshakeRate.SetLimitAt(now, a.sessionRate.Limit()*handshakesWithKey)
		a.handshakeRate.SetBurstAt(now, a.sessionRate.Burst()*handshakesWithKey)
	}
	a.lastKeyTime = now
}

// freeHandshakeSlot frees the handshake slot of the connection. The caller must hold the limiter's mu.
func (a *Admission) freeHandshakeSlot() {
	l := a.limiter
	before := len(l.handshakes)
	l.handshakes = slices.DeleteFunc(l.handshakes, func(other *Admission) bool { return other == a })
	if len(l.handshakes) < before {
		l.findOrAddAddress(a.from).pending--
	}
}

// Release records that the connection is closed.
func (a *Admission) Release() {
	a.limiter.mu.Lock()
	defer a.limiter.mu.Unlock()
	a.stopCountingConn()
}

// stopCountingConn stops counting the connection, if it still counts. The caller must hold the limiter's mu.
func (a *Admission) stopCountingConn() {
	if a.isReleased {
		return
	}
	a.isReleased = true
	a.freeHandshakeSlot()
	a.limiter.connections--
	addr := a.limiter.findOrAddAddress(a.from)
	if a.hasKey {
		addr.recordKey(a.limiter.now())
	} else {
		addr.connections--
	}
}

// BeginSession counts a new session, or returns the reason for refusing the session. If it returns an empty string, the caller
// must call EndSession later.
func (a *Admission) BeginSession(operator bool) (refused string) {
	l := a.limiter
	l.mu.Lock()
	defer l.mu.Unlock()
	addr := l.findOrAddAddress(a.from)
	switch {
	case !a.hasKey && !addr.sessionRate.AllowN(l.now(), 1):
		return RefusedConnectionRate
	case !a.hasKey && addr.sessions >= l.settings.SessionsPerAddress:
		return RefusedAddressSessions
	case !operator && l.sessions >= l.settings.Sessions:
		return RefusedServerFull
	}
	a.countSession(operator, 1)
	return ""
}

// EndSession stops counting a session.
func (a *Admission) EndSession(operator bool) {
	a.limiter.mu.Lock()
	defer a.limiter.mu.Unlock()
	a.countSession(operator, -1)
}

func (a *Admission) countSession(operator bool, by int) {
	if !a.hasKey {
		a.limiter.findOrAddAddress(a.from).sessions += by
	}
	if !operator {
		a.limiter.sessions += by
	}
}

// Counts returns the numbers of connections, of pending handshakes and of sessions.
func (l *Limiter) Counts() (connections, handshakes, sessions int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.connections, len(l.handshakes), l.sessions
}
