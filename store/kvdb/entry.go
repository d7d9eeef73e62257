package kvdb

import "iter"

// An Entry is a key and its value. In a list of entries to write, a nil value deletes the key; an empty value does not.
type Entry struct {
	Key   string
	Value []byte
}

// EntryChunks yields the entries of a table in slices of at most size entries.
func EntryChunks(kv KV, table string, size int) iter.Seq[[]Entry] {
	return func(yield func([]Entry) bool) {
		var chunk []Entry
		for key, value := range kv.Scan(table + "/") {
			if chunk = append(chunk, Entry{key, value}); len(chunk) == size {
				if !yield(chunk) {
					return
				}
				chunk = nil
			}
		}
		if len(chunk) > 0 {
			yield(chunk)
		}
	}
}
