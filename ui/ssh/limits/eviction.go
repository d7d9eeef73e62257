package limits

import "time"

// slots returns how many handshakes of an address may be pending: half of all, or three
// quarters if a key came from there recently. l must be locked.
func (l *Limiter) slots(of *address) int {
	all := l.settings.Handshakes
	if l.isKeyed(of) {
		return max(all*3/4, 1)
	}
	return max(all/2, 1)
}

const (
	// slowHandshake is the age after which a pending handshake may be evicted in favour of a
	// newer one although its client has sent something.
	slowHandshake = 2 * time.Second

	// slowGreeting is the age by which an honest client has sent something. Younger
	// connections are evicted last.
	slowGreeting = time.Second
)

// evict ends one pending connection that among selects, and reports whether there was one to
// end. It prefers the oldest connection whose client has sent nothing in time, and addresses
// from which no key came recently. forKeyed says that the newcomer's address had a key
// recently. Then even new connections of other addresses may be evicted. l must be locked.
func (l *Limiter) evict(forKeyed bool, among func(*Admission) bool) bool {
	var leaves *Admission
	var least int
	for _, a := range l.handshakes {
		keyed, age := l.isKeyed(l.of(a.from)), l.now().Sub(a.since)
		if !among(a) || a.mayStay(keyed, forKeyed, age) {
			continue
		}
		if rank := a.rank(keyed, age); leaves == nil || rank < least {
			leaves, least = a, rank
		}
	}
	if leaves == nil {
		return false
	}
	leaves.release()
	leaves.hangUp()
	return true
}

// mayStay reports whether a pending connection is too young to be evicted. keyed says that its
// address had a key recently, and forKeyed that the newcomer's had.
func (a *Admission) mayStay(keyed, forKeyed bool, age time.Duration) bool {
	if a.spoke {
		return age < slowHandshake && (keyed || !forKeyed)
	}
	return age < slowGreeting && keyed && !forKeyed
}

// rank orders pending connections. The connection of the lowest rank is evicted first.
func (a *Admission) rank(keyed bool, age time.Duration) (rank int) {
	switch {
	case a.spoke:
		rank = 2
	case age < slowGreeting:
		rank = 4
	}
	if keyed {
		rank++
	}
	return rank
}
