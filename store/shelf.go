package store

import (
	"iter"

	"loket/store/sealedkv"
)

// A Shelf is a table to be looked through, and cleared out, by who does not know
// what its records are about: most of that is only hashed into their keys.
type Shelf[T any] struct{ table string }

// The shelves.
var (
	NumberShelf   = Shelf[ActivationNumber]{numbers}
	MessageShelf  = Shelf[Message]{OutboxTable}
	TriesShelf    = Shelf[Tries]{tries}
	TerminalShelf = Shelf[TriesAt]{terminals}
	RequestShelf  = Shelf[Requests]{requests}

	ChallengeShelf = Shelf[Challenge]{challenges}
)

// After yields the records that come after a key, with their keys, and all of them
// if it is empty: so that a View can look at some of them, and the next one go on.
func (s Shelf[T]) After(tx *Tx, key string) iter.Seq2[string, T] {
	return sealedkv.ScanAfter[T](tx.sealed, s.table, key)
}

// Get finds the record with a key that After gave.
func (s Shelf[T]) Get(tx *Tx, key string) (T, bool) { return sealedkv.Get[T](tx.sealed, key) }

// Put keeps a record under a key that After gave.
func (s Shelf[T]) Put(tx *Tx, key string, record T) { sealedkv.Put(tx.sealed, key, record) }

// Delete takes the record with a key away.
func (s Shelf[T]) Delete(tx *Tx, key string) { tx.sealed.Delete(key) }
