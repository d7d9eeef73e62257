package store

import "iter"

// A Shelf is a table to be looked through, and cleared out, by who does not know
// what its records are about: most of that is only hashed into their keys.
type Shelf[T any] struct{ table string }

// The shelves.
var (
	NumberShelf   = Shelf[ActivationNumber]{numbers}
	MessageShelf  = Shelf[Message]{messages}
	TriesShelf    = Shelf[Tries]{tries}
	TerminalShelf = Shelf[TriesAt]{terminals}
	RequestShelf  = Shelf[Requests]{requests}

	ChallengeShelf = Shelf[Challenge]{challenges}
)

// After yields the records that come after a key, with their keys, and all of them
// if it is empty: so that a View can look at some of them, and the next one go on.
func (s Shelf[T]) After(tx *Tx, key string) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for key, sealed := range tx.kv.ScanAfter(s.table+"/", key) {
			record, err := decode[T](tx.keys, key, sealed)
			if err != nil {
				tx.fail(err)
				return
			}
			if !yield(key, record) {
				return
			}
		}
	}
}

// Get finds the record with a key that After gave.
func (s Shelf[T]) Get(tx *Tx, key string) (T, bool) { return get[T](tx, key) }

// Put keeps a record under a key that After gave.
func (s Shelf[T]) Put(tx *Tx, key string, record T) { put(tx, key, record) }

// Delete takes the record with a key away.
func (s Shelf[T]) Delete(tx *Tx, key string) { tx.delete(key) }
