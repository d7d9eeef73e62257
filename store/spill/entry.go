package spill

// An entry is a key and its value, nil if it was deleted.
type entry struct{ key, value []byte }
