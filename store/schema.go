package store

import (
	"fmt"
	"strconv"

	"loket/store/kvdb"
)

// Version is the schema version that this program writes. Only Migrate opens a store with an older version. A store with a
// newer version is refused, because rewriting its records would drop fields that this program does not know.
const Version = 12

// SchemaOf returns the schema version of a store, or 0 if there is no store.
func SchemaOf(kv kvdb.KV) (int, error) {
	schema, found := kv.Get(SchemaKey)
	if !found {
		return 0, nil
	}
	return parseVersion(string(schema))
}

func parseVersion(schema string) (int, error) {
	version, err := strconv.Atoi(schema)
	if err != nil {
		return 0, fmt.Errorf("schema version %q: %w", schema, err)
	}
	if version < 1 || version > Version {
		return 0, fmt.Errorf("the database has schema version %d and this program knows version %d: use the loket that wrote it, or a newer one", version, Version)
	}
	return version, nil
}

func (tx *Tx) putVersion(version int) { tx.sealed.KV.Put(SchemaKey, []byte(strconv.Itoa(version))) }
