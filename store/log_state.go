package store

import "errors"

// LogState is how the audit log does, as far as that is seen without going through
// all of it.
type LogState struct {
	Entries int64 // in the log; 0 if it is damaged
	Queued  int   // that wait to be added to it
	Damage  error // ErrLogDamaged, over what keeps any entry from being added; nil if nothing does
}

// LogState finds how the audit log does. It takes as long as it takes to count
// what is queued.
func (tx *Tx) LogState() (s LogState) {
	for range tx.sealed.KV.Scan(queuedEntries + "/") {
		s.Queued++
	}
	head, err := tx.logHead()
	if err == nil {
		_, err = tx.queued(mostFolded)
	}
	if err == nil {
		_, err = tx.growing(head)
	}
	switch {
	case errors.Is(err, ErrLogDamaged):
		s.Damage = err
	case err != nil:
		tx.sealed.Fail(err)
	default:
		s.Entries = head.newest.Size
	}
	return s
}
