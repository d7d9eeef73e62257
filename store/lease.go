package store

import (
	"time"

	"loket/store/sealedkv"
)

// A Lease lets one process do something for all that have the store open.
type Lease string

const (
	AuditLease     Lease = "audit log" // folding what is recorded into the log
	RetentionLease Lease = "retention" // removing what was kept for long enough
)

// LeaseRecord says who has a lease.
type LeaseRecord struct {
	Holder string    `cbor:"1,keyasint"`
	Until  time.Time `cbor:"2,keyasint"`
}

// clocksAgree is how far the clocks of processes may be apart for a lease to be one.
const clocksAgree = time.Minute

func leaseKey(l Lease) string { return LeaseTable + "/" + string(l) }

// AcquireLease gives a lease to a holder for a while from now on, or renews it, unless
// somebody else has it. It reports whether the holder has it, and until when nobody
// else can acquire it. One that is held for longer than the longest was acquired by a clock
// that was ahead and has been put right: it does not count. The clocks of the processes
// should agree to a second or two: if they do not, two may do the same work.
func (tx *Tx) AcquireLease(l Lease, holder string, lasts, longest time.Duration) (theirs bool, until time.Time) {
	now, found := sealedkv.Get[LeaseRecord](tx.sealed, leaseKey(l))
	if found && now.Holder != holder && tx.Now.Before(now.Until) && now.Until.Sub(tx.Now) <= longest+clocksAgree {
		return false, now.Until
	}
	until = tx.Now.Add(lasts)
	sealedkv.Put(tx.sealed, leaseKey(l), LeaseRecord{holder, until})
	return true, until
}

// ReleaseLease ends the lease of a holder.
func (tx *Tx) ReleaseLease(l Lease, holder string) {
	if now, _ := sealedkv.Get[LeaseRecord](tx.sealed, leaseKey(l)); now.Holder == holder {
		tx.sealed.Delete(leaseKey(l))
	}
}
