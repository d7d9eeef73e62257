package auditlog

import (
	"errors"

	"loket/store"
)

// LogState is the state of the audit log, as far as it can be seen without reading the whole log.
type LogState struct {
	Entries int64 // Entries counts the entries in the log; 0 if it is damaged.
	Queued  int   // Queued counts the entries that wait to be added.
	Damage  error // Damage is an ErrDamaged that prevents adding entries; nil if the log is intact.
}

// ReadLogState returns the state of the audit log. It takes as long as counting the queued entries.
func ReadLogState(tx *store.Tx) (s LogState) {
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
