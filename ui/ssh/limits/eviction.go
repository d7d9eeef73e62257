package limits

import "time"

// maxPendingHandshakes returns the largest number of pending handshakes that an address may have: half of all, or three quarters if a
// client with a known key recently connected from it. The caller must hold l.mu.
func (l *Limiter) maxPendingHandshakes(addr *addressEntry) int {
	all := l.settings.Handshakes
	if l.hasRecentKey(addr) {
		return max(all*3/4, 1)
	}
	return max(all/2, 1)
}

const (
	// slowHandshakeAge is the age from which a pending handshake may be evicted to make room for a newer one, even though its
	// client has sent something.
	slowHandshakeAge = 2 * time.Second

	// greetingTimeout is the age by which an honest client has sent something. Younger connections are evicted last.
	greetingTimeout = time.Second
)

// evictPendingConn ends one pending connection to make room for a new one, and reports whether it found one to end. It considers only
// connections that the function among selects. It prefers the oldest connection whose client has sent nothing in time, and
// addresses from which no known key came recently.
//
// forKeyed reports whether a known key came recently from the address of the newcomer; then evict may end even a new
// connection from another address. The caller must hold l.mu.
func (l *Limiter) evictPendingConn(forKeyed bool, among func(*Admission) bool) bool {
	var victim *Admission
	var lowestRank int
	for _, a := range l.handshakes {
		keyed, age := l.hasRecentKey(l.findOrAddAddress(a.from)), l.now().Sub(a.startedAt)
		if !among(a) || a.isTooYoung(keyed, forKeyed, age) {
			continue
		}
		if rank := a.evictionRank(keyed, age); victim == nil || rank < lowestRank {
			victim, lowestRank = a, rank
		}
	}
	if victim == nil {
		return false
	}
	victim.stopCountingConn()
	victim.hangUp()
	return true
}

// isTooYoung reports whether a pending connection is too young to be evicted. keyed and forKeyed report whether a known key
// came recently from its own address and from the newcomer's address.
func (a *Admission) isTooYoung(keyed, forKeyed bool, age time.Duration) bool {
	if a.hasSentData {
		return age < slowHandshakeAge && (keyed || !forKeyed)
	}
	return age < greetingTimeout && keyed && !forKeyed
}

// evictionRank returns the rank of a pending connection. The connection with the lowest rank is evicted first.
func (a *Admission) evictionRank(keyed bool, age time.Duration) (rank int) {
	switch {
	case a.hasSentData:
		rank = 2
	case age < greetingTimeout:
		rank = 4
	}
	if keyed {
		rank++
	}
	return rank
}
