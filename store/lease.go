package store

import (
	"time"

	"loket/store/sealedkv"
)

// A Lease lets one process do a job on behalf of all processes that have the store open.
type Lease string

const (
	AuditLease     Lease = "audit log" // AuditLease is for folding queued entries into the audit log.
	RetentionLease Lease = "retention" // RetentionLease is for removing expired records.
	LoadLease      Lease = "bulk load" // LoadLease is for bulk loads, and for mending what an interrupted one left.
)

// LeaseRecord has the holder and the end of a lease.
type LeaseRecord struct {
	Holder string    `cbor:"1,keyasint"`
	Until  time.Time `cbor:"2,keyasint"`
}

// maxClockSkew is how much the clocks of processes may differ for leases to work.
const maxClockSkew = time.Minute

func leaseKey(l Lease) string { return LeaseTable + "/" + string(l) }

// AcquireLease gives a lease to a holder for a time, or renews it, unless another holder has it. It reports whether the holder
// has the lease, and until when nobody else can acquire it. A lease that ends more than longest from now is ignored, because
// it was acquired by a clock that was ahead and has been corrected. The clocks of the processes should agree to within a
// second or two; otherwise two processes may do the same work.
func (tx *Tx) AcquireLease(l Lease, holder string, lasts, longest time.Duration) (theirs bool, until time.Time) {
	now, found := sealedkv.Get[LeaseRecord](tx.sealed, leaseKey(l))
	if found && now.Holder != holder && tx.Now.Before(now.Until) && now.Until.Sub(tx.Now) <= longest+maxClockSkew {
		return false, now.Until
	}
	until = tx.Now.Add(lasts)
	sealedkv.Put(tx.sealed, leaseKey(l), LeaseRecord{holder, until})
	return true, until
}

// ReleaseLease ends a lease, if holder has it.
func (tx *Tx) ReleaseLease(l Lease, holder string) {
	if now, _ := sealedkv.Get[LeaseRecord](tx.sealed, leaseKey(l)); now.Holder == holder {
		tx.sealed.Delete(leaseKey(l))
	}
}
