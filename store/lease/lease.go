// Package lease lets one of the processes that have a store open do a job on behalf of all of them. Start at Acquire.
package lease

import (
	"time"

	"loket/store"
)

// Job is a job that only one process does at a time.
type Job string

const (
	Audit     Job = "audit log" // Audit is the folding of queued entries into the audit log.
	Retention Job = "retention" // Retention is the removal of expired records.
	Load      Job = "bulk load" // Load is a bulk load, or the mending of what an interrupted one left.
)

// Record has the holder and the end of a lease.
type Record struct {
	Holder string    `cbor:"1,keyasint"`
	Until  time.Time `cbor:"2,keyasint"`
}

// Records are the leases, by Job.Key.
var Records = store.NewTable[Record](store.LeaseTable)

// Key returns the key in the database of the lease for a job.
func (j Job) Key() string { return store.LeaseTable + "/" + string(j) }

// Acquire gives the lease for a job to a holder for a time, or renews it, unless another holder has it. It reports whether the holder
// has the lease, and until when nobody else can acquire it. A lease that ends more than longest from now is ignored, because
// it was acquired by a clock that was ahead and has been corrected. The clocks of the processes should agree to within a
// second or two; otherwise two processes may do the same work.
func Acquire(tx *store.Tx, j Job, holder string, lasts, longest time.Duration) (theirs bool, until time.Time) {
	now, found := Records.Get(tx, j.Key())
	if found && now.Holder != holder && tx.Now.Before(now.Until) && now.Until.Sub(tx.Now) <= longest+store.MaxClockSkew {
		return false, now.Until
	}
	until = tx.Now.Add(lasts)
	Records.Put(tx, j.Key(), Record{holder, until})
	return true, until
}

// Release ends the lease for a job, if holder has it.
func Release(tx *store.Tx, j Job, holder string) {
	if now, _ := Records.Get(tx, j.Key()); now.Holder == holder {
		Records.Delete(tx, j.Key())
	}
}
