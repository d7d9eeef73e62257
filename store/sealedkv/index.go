package sealedkv

import "slices"

// AddToIndex adds id to the index under key, at the end, unless it is there.
func AddToIndex[ID comparable](tx *Tx, key string, id ID) {
	if ids, _ := Get[[]ID](tx, key); !slices.Contains(ids, id) {
		Put(tx, key, append(ids, id))
	}
}

// RemoveFromIndex removes id from the index under key, and deletes an empty index.
func RemoveFromIndex[ID comparable](tx *Tx, key string, id ID) {
	ids, _ := Get[[]ID](tx, key)
	if ids = slices.DeleteFunc(ids, func(other ID) bool { return other == id }); len(ids) > 0 {
		Put(tx, key, ids)
		return
	}
	tx.Delete(key)
}
