package store

import (
	"iter"

	"loket/store/sealedkv"
)

// A Table gives access to all records of a kind, for retention, which does not know
// what they are about: most of that is only hashed into their keys.
type Table[T any] struct{ name string }

// The tables that retention goes through.
var (
	ProductRecords  = Table[Product]{ProductTable}
	NumberRecords   = Table[ActivationNumber]{NumberTable}
	MessageRecords  = Table[Message]{OutboxTable}
	AttemptsRecords = Table[Attempts]{AttemptsTable}
	TerminalRecords = Table[TerminalAttempts]{TerminalTable}
	RequestsRecords = Table[Requests]{RequestsTable}
	AccountRecords  = Table[Account]{AccountTable}

	ChallengeRecords = Table[Challenge]{ChallengeTable}
)

// RecordsAfter yields the records that come after a key, with their keys, and all of them
// if it is empty: so that a View can look at some of them, and the next one go on.
func (t Table[T]) RecordsAfter(tx *Tx, key string) iter.Seq2[string, T] {
	return sealedkv.ScanAfter[T](tx.sealed, t.name, key)
}

// Get finds the record with a key that After yielded.
func (t Table[T]) Get(tx *Tx, key string) (T, bool) { return sealedkv.Get[T](tx.sealed, key) }

// Put keeps a record under a key that After yielded.
func (t Table[T]) Put(tx *Tx, key string, record T) { sealedkv.Put(tx.sealed, key, record) }

// Delete deletes the record with a key.
func (t Table[T]) Delete(tx *Tx, key string) { tx.sealed.Delete(key) }
