package sealedkv

import "slices"

// AddToIndex lets id be found under key, after those that already are.
func AddToIndex[ID comparable](tx *Tx, key string, id ID) {
	if ids, _ := Get[[]ID](tx, key); !slices.Contains(ids, id) {
		Put(tx, key, append(ids, id))
	}
}

// RemoveFromIndex undoes Link.
func RemoveFromIndex[ID comparable](tx *Tx, key string, id ID) {
	ids, _ := Get[[]ID](tx, key)
	if ids = slices.DeleteFunc(ids, func(other ID) bool { return other == id }); len(ids) > 0 {
		Put(tx, key, ids)
		return
	}
	tx.Delete(key)
}
