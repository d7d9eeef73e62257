package store

import "slices"

// link lets id be found under key, after those that already are.
func link[ID comparable](tx *Tx, key string, id ID) {
	if ids, _ := get[[]ID](tx, key); !slices.Contains(ids, id) {
		put(tx, key, append(ids, id))
	}
}

// unlink undoes link.
func unlink[ID comparable](tx *Tx, key string, id ID) {
	ids, _ := get[[]ID](tx, key)
	if ids = slices.DeleteFunc(ids, func(other ID) bool { return other == id }); len(ids) > 0 {
		put(tx, key, ids)
		return
	}
	tx.delete(key)
}
