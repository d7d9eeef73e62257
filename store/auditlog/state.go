package auditlog

import (
	"errors"

	"loket/store"
)

// State is the state of the audit log, as far as it is visible without reading all of it.
type State struct {
	Entries int64 // in the log; 0 if it is damaged
	Queued  int   // entries that wait to be added
	Damage  error // an ErrDamaged that keeps entries from being added; nil if the log is intact
}

// StateOf returns the state of the audit log. It takes as long as counting the queued
// entries.
func StateOf(tx *store.Tx) (s State) {
	for range tx.SealedTx().KV.Scan(store.QueueTable + "/") {
		s.Queued++
	}
	head, err := loadHead(tx)
	if err == nil {
		_, err = listQueued(tx, maxFoldBatch)
	}
	if err == nil {
		_, err = loadLogEnd(tx, head)
	}
	switch {
	case errors.Is(err, ErrDamaged):
		s.Damage = err
	case err != nil:
		tx.SealedTx().Fail(err)
	default:
		s.Entries = head.newest.Size
	}
	return s
}
