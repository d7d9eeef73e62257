package backup

import (
	"io"
	"maps"

	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// BackupOf writes a backup of these entries, as a program of another schema or
// somebody with other keys would, who had others formerly.
func BackupOf(w io.Writer, keys *keyring.Keys, schema int, entries map[string]string, former ...uint32) error {
	b := newWriter(w)
	if err := b.writeHeader(header{Schema: schema, Keys: append(keys.IDs()[:1], former...)}); err != nil {
		return err
	}
	for _, key := range sortedKeys(entries) {
		if err := b.writeEntry(key, []byte(entries[key])); err != nil {
			return err
		}
	}
	return b.writeSeal(keys)
}

// sortedKeys has those of meta first.
func sortedKeys(entries map[string]string) (keys []string) {
	for _, table := range store.AllTables() {
		for key := range maps.Keys(entries) {
			if kvdb.TableOf(key) == table {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
