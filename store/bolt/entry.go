package bolt

import (
	"fmt"
	"strings"

	"go.etcd.io/bbolt"
)

// An entry is a key and what to make of it: a nil value deletes it, an empty
// one does not.
type entry struct {
	key   string
	value []byte
}

// put writes entries in tx. Keys and values must have been checked.
func put(tx *bbolt.Tx, entries []entry, fill float64) error {
	buckets := map[string]*bbolt.Bucket{}
	for _, w := range entries {
		table, name, _ := strings.Cut(w.key, "/")
		bucket, ok := buckets[table]
		if !ok {
			var err error
			if bucket, err = tx.CreateBucketIfNotExists([]byte(table)); err != nil {
				return fmt.Errorf("make table %q: %w", table, err)
			}
			bucket.FillPercent = fill
			buckets[table] = bucket
		}
		var err error
		if w.value == nil {
			err = bucket.Delete([]byte(name))
		} else {
			err = bucket.Put([]byte(name), w.value)
		}
		if err != nil {
			return fmt.Errorf("write in table %q: %w", table, err)
		}
	}
	return nil
}

// split takes a key, or the prefix of some, apart into its table and the rest.
func split(key string) (table, rest string, err error) {
	table, rest, ok := strings.Cut(key, "/")
	if !ok || table == "" {
		return "", "", fmt.Errorf("key %.40q names no table", key)
	}
	return table, rest, nil
}

// check refuses what bbolt would not take, before it spoils a commit that
// others share.
func (w entry) check() error {
	table, name, err := split(w.key)
	switch {
	case err != nil:
		return err
	case name == "":
		return fmt.Errorf("empty key in table %q", table)
	case len(name) > bbolt.MaxKeySize:
		return fmt.Errorf("key of %d bytes in table %q", len(name), table)
	case len(w.value) > bbolt.MaxValueSize:
		return fmt.Errorf("value of %d bytes in table %q", len(w.value), table)
	}
	return nil
}
