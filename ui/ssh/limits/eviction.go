package limits

import "time"

// slots returns how many handshakes of an address may be pending: half of all, and more
// where terminals and operators come from. l is locked.
func (l *Limiter) slots(of *address) int {
	all := l.settings.Handshakes
	if l.isKeyed(of) {
		return max(all*3/4, 1)
	}
	return max(all/2, 1)
}

const (
	// slowHandshake is the age after which a pending handshake may be evicted in favour
	// of a newer one, if its client has sent something.
	slowHandshake = 2 * time.Second

	// slowGreeting is the age by which a client has sent something that is on its way to
	// a handshake. Those that had less time are evicted last.
	slowGreeting = time.Second
)

// evict ends a pending connection among some, and reports whether it could: the oldest
// of those that have sent nothing in their time, and of addresses from which no key came lately before
// others. For an address from which one came, it does not matter how new those of the
// others are. l is locked.
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

// mayStay reports whether a pending connection has not had its time yet: from a keyed
// address, whoever comes, and that of a client that speaks unless it is for a keyed one.
func (a *Admission) mayStay(keyed, forKeyed bool, age time.Duration) bool {
	if a.spoke {
		return age < slowHandshake && (keyed || !forKeyed)
	}
	return age < slowGreeting && keyed && !forKeyed
}

// rank orders pending connections: those of a higher rank stay.
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
