package auditlog

import (
	"errors"

	"loket/store"
)

// State is how the audit log does, as far as that is seen without going through
// all of it.
type State struct {
	Entries int64 // in the log; 0 if it is damaged
	Queued  int   // that wait to be added to it
	Damage  error // ErrDamaged, over what keeps any entry from being added; nil if nothing does
}

// StateOf finds how the audit log does. It takes as long as it takes to count
// what is queued.
func StateOf(tx *store.Tx) (s State) {
	for range tx.Sealed().KV.Scan(store.QueueTable + "/") {
		s.Queued++
	}
	head, err := loadHead(tx)
	if err == nil {
		_, err = listQueued(tx, maxFolded)
	}
	if err == nil {
		_, err = loadOpenLog(tx, head)
	}
	switch {
	case errors.Is(err, ErrDamaged):
		s.Damage = err
	case err != nil:
		tx.Sealed().Fail(err)
	default:
		s.Entries = head.newest.Size
	}
	return s
}
