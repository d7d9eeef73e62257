package store

import (
	"time"

	"loket/store/sealedkv"
)

// A Lease lets one process do a job for all processes that have the store open.
type Lease string

const (
	AuditLease     Lease = "audit log" // folding queued entries into the log
	RetentionLease Lease = "retention" // removing what has been kept long enough
)

// LeaseRecord is the holder of a lease and its end.
type LeaseRecord struct {
	Holder string    `cbor:"1,keyasint"`
	Until  time.Time `cbor:"2,keyasint"`
}

// maxClockSkew is how far the clocks of processes may differ for leases to work.
const maxClockSkew = time.Minute

func leaseKey(l Lease) string { return LeaseTable + "/" + string(l) }

// AcquireLease gives a lease to a holder for a time, or renews it, unless another holder
// has it. It reports whether the holder has the lease, and until when no other can
// acquire it. A lease that ends later than longest from now was acquired by a clock that
// was ahead and has been corrected: it is ignored. The clocks of the processes should
// agree to a second or two; otherwise two may do the same work.
func (tx *Tx) AcquireLease(l Lease, holder string, lasts, longest time.Duration) (theirs bool, until time.Time) {
	now, found := sealedkv.Get[LeaseRecord](tx.sealed, leaseKey(l))
	if found && now.Holder != holder && tx.Now.Before(now.Until) && now.Until.Sub(tx.Now) <= longest+maxClockSkew {
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
