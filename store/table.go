package store

import (
	"iter"

	"loket/store/sealedkv"
)

// A Table gives access to all records of one type. It is for retention and erasure, which cannot look up records because their keys are
// mostly hashes.
type Table[T any] struct{ name string }

// NewTable returns access to the records of a table of which another package knows the type.
func NewTable[T any](name string) Table[T] { return Table[T]{name} }

// Tables that retention and erasure read.
var (
	CustomerRecords      = Table[Customer]{CustomerTable}
	ProductRecords       = Table[Product]{ProductTable}
	ApplicationRecords   = Table[Application]{ApplicationTable}
	NumberRecords        = Table[ActivationNumber]{NumberTable}
	MessageRecords       = Table[Message]{OutboxTable}
	WrongAttemptsRecords = Table[Attempts]{WrongAttemptsTable}
	RecentTimesRecords   = Table[RecentTimes]{RecentTimesTable}
	DailyRequestsRecords = Table[DailyRequests]{RequestsTable}
	AccountRecords       = Table[Account]{AccountTable}

	ErasureMarks     = Table[ErasureMark]{ErasedTable}
	ChallengeRecords = Table[Challenge]{ChallengeTable}
)

// RecordsAfter yields the records after a key, with their keys; after "" it yields all. So one View can read part of a table,
// and the next View can continue.
func (t Table[T]) RecordsAfter(tx *Tx, key string) iter.Seq2[string, T] {
	return sealedkv.ScanAfter[T](tx.sealed, t.name, key)
}

// Get returns the record under a key that RecordsAfter has yielded.
func (t Table[T]) Get(tx *Tx, key string) (T, bool) { return sealedkv.Get[T](tx.sealed, key) }

// Put stores a record under a key that RecordsAfter has yielded.
func (t Table[T]) Put(tx *Tx, key string, record T) { sealedkv.Put(tx.sealed, key, record) }

// Delete deletes the record under a key.
func (t Table[T]) Delete(tx *Tx, key string) { tx.sealed.Delete(key) }
