package backup

import (
	"io"
	"maps"

	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// BackupOf writes a backup of entries, as a program with another schema or with other
// keys would.
func BackupOf(w io.Writer, keys *keyring.Keys, schema int, entries map[string]string, former ...uint32) error {
	b := newWriter(w)
	if err := b.writeHeader(header{Schema: schema, KeyIDs: append(keys.KeyIDs()[:1], former...)}); err != nil {
		return err
	}
	for _, key := range sortedKeys(entries) {
		if err := b.writeEntry(key, []byte(entries[key])); err != nil {
			return err
		}
	}
	return b.writeSeal(keys)
}

// sortedKeys returns the keys, those of meta first.
func sortedKeys(entries map[string]string) (keys []string) {
	for _, table := range store.AllTables() {
		for key := range maps.Keys(entries) {
			if kvdb.TableFromKey(key) == table {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
