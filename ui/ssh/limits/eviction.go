package limits

import "time"

// maxPending returns how many handshakes of an address may be pending: half of all, or three
// quarters if a key came from there recently. l must be locked.
func (l *Limiter) maxPending(addr *address) int {
	all := l.settings.Handshakes
	if l.hasRecentKey(addr) {
		return max(all*3/4, 1)
	}
	return max(all/2, 1)
}

const (
	// slowHandshakeAge is the age after which a pending handshake may be evicted in favour of a
	// newer one although its client has sent something.
	slowHandshakeAge = 2 * time.Second

	// greetingTimeout is the age by which an honest client has sent something. Younger
	// connections are evicted last.
	greetingTimeout = time.Second
)

// evict ends one pending connection that among selects, and reports whether there was one to
// end. It prefers the oldest connection whose client has sent nothing in time, and addresses
// from which no key came recently. forKeyed says that the newcomer's address had a key
// recently. Then even new connections of other addresses may be evicted. l must be locked.
func (l *Limiter) evict(forKeyed bool, among func(*Admission) bool) bool {
	var victim *Admission
	var lowestRank int
	for _, a := range l.handshakes {
		keyed, age := l.hasRecentKey(l.addressOf(a.from)), l.now().Sub(a.startedAt)
		if !among(a) || a.isTooYoung(keyed, forKeyed, age) {
			continue
		}
		if rank := a.rank(keyed, age); victim == nil || rank < lowestRank {
			victim, lowestRank = a, rank
		}
	}
	if victim == nil {
		return false
	}
	victim.release()
	victim.hangUp()
	return true
}

// isTooYoung reports whether a pending connection is too young to be evicted. keyed says that its
// address had a key recently, and forKeyed that the newcomer's had.
func (a *Admission) isTooYoung(keyed, forKeyed bool, age time.Duration) bool {
	if a.hasSentData {
		return age < slowHandshakeAge && (keyed || !forKeyed)
	}
	return age < greetingTimeout && keyed && !forKeyed
}

// rank orders pending connections. The connection of the lowest rank is evicted first.
func (a *Admission) rank(keyed bool, age time.Duration) (rank int) {
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
