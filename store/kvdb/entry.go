package kvdb

import "iter"

// An Entry is a key and its value. Where entries are to be written, a nil value
// deletes the key, and an empty one does not.
type Entry struct {
	Key   string
	Value []byte
}

// Chunks yields the entries of a table, so many at a time.
func Chunks(kv KV, table string, size int) iter.Seq[[]Entry] {
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
