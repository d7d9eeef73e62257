package sealedkv

import "slices"

// AddToIndex appends id to the index under key, unless the index already contains it.
func AddToIndex[ID comparable](tx *Tx, key string, id ID) {
	if ids, _ := Get[[]ID](tx, key); !slices.Contains(ids, id) {
		Put(tx, key, append(ids, id))
	}
}

// RemoveFromIndex removes id from the index under key. It deletes the index if that leaves it empty.
func RemoveFromIndex[ID comparable](tx *Tx, key string, id ID) {
	ids, _ := Get[[]ID](tx, key)
	if ids = slices.DeleteFunc(ids, func(other ID) bool { return other == id }); len(ids) > 0 {
		Put(tx, key, ids)
		return
	}
	tx.Delete(key)
}
