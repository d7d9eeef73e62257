package store

import (
	"time"

	"loket/store/sealedkv"
)

// A Duty is something that one process does for all that have the store open.
type Duty string

const (
	Sequencing Duty = "audit log" // folding what is recorded into the log
	Tidying    Duty = "retention" // removing what was kept for long enough
)

// post is who has a duty.
type post struct {
	Holder string    `cbor:"1,keyasint"`
	Until  time.Time `cbor:"2,keyasint"`
}

// farthest is more than a duty is taken for at a time. One that is taken for longer
// than that was taken by a clock that was ahead and has been put right.
const farthest = 48 * time.Hour

func dutyKey(d Duty) string { return duties + "/" + string(d) }

// Take gives a duty to a holder for a while from now on, or for as long anew, unless
// somebody else has it. It tells whose it is, and until when nobody else takes it.
// The clocks of the processes should agree to a second or two; nothing worse comes of
// it if they do not than that two do the same.
func (tx *Tx) Take(d Duty, holder string, lasts time.Duration) (theirs bool, until time.Time) {
	now, found := sealedkv.Get[post](tx.sealed, dutyKey(d))
	if found && now.Holder != holder && tx.Now.Before(now.Until) && now.Until.Sub(tx.Now) < farthest {
		return false, now.Until
	}
	until = tx.Now.Add(lasts)
	sealedkv.Put(tx.sealed, dutyKey(d), post{holder, until})
	return true, until
}

// Lay has a holder not have a duty any more.
func (tx *Tx) Lay(d Duty, holder string) {
	if now, _ := sealedkv.Get[post](tx.sealed, dutyKey(d)); now.Holder == holder {
		tx.sealed.Delete(dutyKey(d))
	}
}

// Queued tells whether something waits for the audit log, whichever process recorded
// it.
func (tx *Tx) Queued() bool {
	for range tx.sealed.KV.Scan(queuedEntries + "/") {
		return true
	}
	return false
}
