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
)

// ShelfParts is in how many parts a shelf can be looked through. Keys that are
// hashed spread evenly over them, so that no View of a part takes long.
const ShelfParts = 256

// Part yields the records of one of ShelfParts with their keys.
func (s Shelf[T]) Part(tx *Tx, part int) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for key, sealed := range tx.kv.Scan(s.table + "/" + string([]byte{byte(part)})) {
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

// Get finds the record with a key that Part gave.
func (s Shelf[T]) Get(tx *Tx, key string) (T, bool) { return get[T](tx, key) }

// Put keeps a record under a key that Part gave.
func (s Shelf[T]) Put(tx *Tx, key string, record T) { put(tx, key, record) }

// Delete takes the record with a key away.
func (s Shelf[T]) Delete(tx *Tx, key string) { tx.delete(key) }
