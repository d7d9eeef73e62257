package bolt

import (
	"fmt"
	"strings"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

// putEntries writes entries in tx. The caller has checked the keys and values with checkWritableEntry.
func putEntries(tx *bbolt.Tx, entries []kvdb.Entry, fill float64) error {
	buckets := map[string]*bbolt.Bucket{}
	for _, w := range entries {
		table, name, _ := strings.Cut(w.Key, "/")
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
		if w.Value == nil {
			err = bucket.Delete([]byte(name))
		} else {
			err = bucket.Put([]byte(name), w.Value)
		}
		if err != nil {
			return fmt.Errorf("write in table %q: %w", table, err)
		}
	}
	return nil
}

// checkWritableEntry returns an error for an entry that bbolt would reject, so that one bad entry does not fail a commit that callers
// share. It does not check the length of the value, which is always far below bbolt's limit of 2 GB.
func checkWritableEntry(w kvdb.Entry) error {
	if err := kvdb.CheckKey(w.Key); err != nil {
		return err
	}
	if table, name, _ := strings.Cut(w.Key, "/"); len(name) > bbolt.MaxKeySize {
		return fmt.Errorf("key of %d bytes in table %q", len(name), table)
	}
	return nil
}
