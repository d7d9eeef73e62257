package store

import (
	"context"
	"io"
	"maps"
	"strconv"
)

// Entries are all entries of an engine as they stand in it.
func Entries(ctx context.Context, e Engine) (map[string]string, error) {
	all := map[string]string{}
	err := e.View(ctx, func(kv KV) error {
		for _, table := range allTables() {
			for key, value := range kv.Scan(table + "/") {
				all[key] = string(value)
			}
		}
		return nil
	})
	return all, err
}

// BackupOf writes a backup of these entries, as a program of another schema or
// somebody with other keys would.
func BackupOf(w io.Writer, keys *Keys, schema int, entries map[string]string) error {
	b := newBackupWriter(w)
	if err := b.begin(backupHead{Schema: schema, Keys: []uint32{keys.sealing.Load().primary}}); err != nil {
		return err
	}
	for _, key := range sortedKeys(entries) {
		if err := b.entry(key, []byte(entries[key])); err != nil {
			return err
		}
	}
	return b.end(keys)
}

// sortedKeys has those of meta first.
func sortedKeys(entries map[string]string) (keys []string) {
	for _, table := range allTables() {
		for key := range maps.Keys(entries) {
			if tableOf(key) == table {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

func tableOf(key string) string { return table(key) }

// SealAt seals any record at any key, and Sealed any bytes.
func SealAt(keys *Keys, key string, record any) []byte { return must(encode(keys, key, record)) }
func Sealed(keys *Keys, key string, value []byte) []byte {
	return must(keys.seal(key, value))
}

// Keys of records, by what they are looked up by.
func (tx *Tx) CustomerKey(id CustomerID) string       { return tx.customerKey(id) }
func (tx *Tx) ProductKey(id ProductID) string         { return tx.productKey(id) }
func (tx *Tx) AccountKey(id CustomerID) string        { return tx.accountKey(id) }
func (tx *Tx) ApplicationKey(id ApplicationID) string { return tx.applicationKey(id) }
func (tx *Tx) UsernameKey(name string) string         { return tx.usernameKey(name) }
func (tx *Tx) HandleKey(handle []byte) string         { return tx.handleKey(handle) }
func (tx *Tx) PersonKey(p Person) string              { return tx.personKey(p) }
func (tx *Tx) ProductNumberKey(lookup string) string  { return tx.productNumberKey(lookup) }
func (tx *Tx) NumberKey(digits string) string         { return numberKey(tx.NumberID(digits)) }
func (m Message) TurnKey() string                     { return turnKey(m.Channel, m.Due, m.ID) }
func (m Message) Key() string                         { return messageKey(m.ID) }
func SchemaOf(entries map[string]string) (version int) {
	version, _ = strconv.Atoi(entries[schemaKey])
	return version
}
func (k *Keys) Path() string { return k.file.Path }
