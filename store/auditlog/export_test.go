package auditlog

import (
	"maps"

	"golang.org/x/mod/sumdb/tlog"

	"loket/store"
	"loket/store/sealedkv"
)

// LogTables are the tables of the audit log, for tests that change it behind the store's back.
var LogTables = []string{store.LogTable, store.TileTable, store.CheckpointTable, store.HeadTable}

const (
	HeadKey         = headKey
	KeptCheckpoints = keptCheckpoints
)

// EntryKey and TileKey are where an entry and its hash are.
func EntryKey(number int64) string { return numberedKey(store.LogTable, number) }
func TileKey(number int64) string  { return tileKey(number) }

// LogDump is the records of the audit log, as they stand in the engine.
func LogDump(tx *store.Tx) map[string][]byte {
	dump := map[string][]byte{}
	for _, table := range LogTables {
		maps.Insert(dump, tx.Sealed().KV.Scan(table+"/"))
	}
	return dump
}

// ForgeEntry seals an entry anew that somebody with the keys has changed.
func ForgeEntry(s *store.Store, from string, sealed []byte, to string, change func(*store.AuditEntry, *LogForgery)) []byte {
	r := must(sealedkv.Decode[EntryRecord](s.Keys(), from, sealed))
	f := LogForgery{Nonce: r.Nonce, Customer: r.Customer}
	var l leaf
	if err := sealedkv.Unmarshal(r.Leaf, &l); err != nil {
		panic(err)
	}
	e := store.AuditEntry{Outcome: l.Outcome}
	change(&e, &f)
	if l.Outcome != e.Outcome {
		l.Outcome = e.Outcome
		r.Leaf = must(sealedkv.Marshal(l))
	}
	return must(sealedkv.Encode(s.Keys(), to, EntryRecord{r.Leaf, f.Nonce, f.Customer, r.Changes}))
}

// LogForgery is what is kept of an entry beside what is hashed.
type LogForgery struct {
	Nonce    []byte
	Customer store.CustomerID
}

// ForgeTile seals the hashes anew of which one is replaced by that of an entry.
func ForgeTile(s *store.Store, number int64, sealed, entry []byte) []byte {
	key := tileKey(number)
	t := must(sealedkv.Decode[Tile](s.Keys(), key, sealed))
	t[number%tileSize] = tlog.RecordHash([]byte("forged"))
	if entry != nil {
		t[number%tileSize] = must(sealedkv.Decode[EntryRecord](s.Keys(), EntryKey(number), entry)).leafHash()
	}
	return must(sealedkv.Encode(s.Keys(), key, t))
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// ForgeLeaf seals an entry anew of which nothing makes sense.
func ForgeLeaf(s *store.Store, number int64) []byte {
	return must(sealedkv.Encode(s.Keys(), EntryKey(number), EntryRecord{Leaf: []byte("nonsense")}))
}

// ForgeHead seals the head anew with another hash on the edge of its tree.
func ForgeHead(s *store.Store, sealed []byte) []byte {
	r := must(sealedkv.Decode[HeadRecord](s.Keys(), headKey, sealed))
	r.Edge.Hashes[0] = tlog.RecordHash([]byte("forged"))
	return must(sealedkv.Encode(s.Keys(), headKey, r))
}

// CutTile seals the hashes anew without that of an entry and those after it.
func CutTile(s *store.Store, number int64, sealed []byte) []byte {
	key := tileKey(number)
	t := must(sealedkv.Decode[Tile](s.Keys(), key, sealed))
	return must(sealedkv.Encode(s.Keys(), key, t[:number%tileSize]))
}

// Logged is an entry, if it is as it was logged.
func Logged(tx *store.Tx, number int64) (Entry, error) { return intactEntry(tx, number) }

// GrowTile seals the hashes anew with one more at their end.
func GrowTile(s *store.Store, number int64, sealed []byte) []byte {
	key := tileKey(number)
	t := must(sealedkv.Decode[Tile](s.Keys(), key, sealed))
	return must(sealedkv.Encode(s.Keys(), key, append(t, tlog.RecordHash([]byte("forged")))))
}

// ParseNumber reads the number in a key.
func ParseNumber(table, key string) (int64, error) { return parseNumber(table, key) }
