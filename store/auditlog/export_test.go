package auditlog

import (
	"maps"

	"golang.org/x/mod/sumdb/tlog"

	"loket/store"
	"loket/store/sealedkv"
)

// LogTables are the tables of the audit log, for tests that tamper with it.
var LogTables = []string{store.LogTable, store.TileTable, store.CheckpointTable, store.AuditHeadTable}

const (
	HeadKey         = headKey
	KeptCheckpoints = checkpointInterval
)

// EntryKey and TileKey return the keys of an entry and of its hash.
func EntryKey(number int64) string { return numberedKey(store.LogTable, number) }
func TileKey(number int64) string  { return tileKey(number) }

// LogDump returns the records of the audit log, sealed as they are.
func LogDump(tx *store.Tx) map[string][]byte {
	dump := map[string][]byte{}
	for _, table := range LogTables {
		maps.Insert(dump, tx.SealedTx().KV.Scan(table+"/"))
	}
	return dump
}

// ForgeEntry reseals an entry that an attacker with the keys has changed.
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
	return must(sealedkv.Encode(s.Keys(), to, EntryRecord{r.Leaf, f.Nonce, f.Customer, r.Changes, r.Note}))
}

// LogForgery is the part of an entry that is stored but not hashed.
type LogForgery struct {
	Nonce    []byte
	Customer store.CustomerID
}

// ForgeTile reseals a tile in which one hash is replaced by that of an entry.
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

// ForgeLeaf reseals an entry with invalid content.
func ForgeLeaf(s *store.Store, number int64) []byte {
	return must(sealedkv.Encode(s.Keys(), EntryKey(number), EntryRecord{Leaf: []byte("nonsense")}))
}

// ForgeHead reseals the head with another hash on the edge of its tree.
func ForgeHead(s *store.Store, sealed []byte) []byte {
	r := must(sealedkv.Decode[HeadRecord](s.Keys(), headKey, sealed))
	r.Edge.Hashes[0] = tlog.RecordHash([]byte("forged"))
	return must(sealedkv.Encode(s.Keys(), headKey, r))
}

// CutTile reseals a tile without the hash of an entry and those after it.
func CutTile(s *store.Store, number int64, sealed []byte) []byte {
	key := tileKey(number)
	t := must(sealedkv.Decode[Tile](s.Keys(), key, sealed))
	return must(sealedkv.Encode(s.Keys(), key, t[:number%tileSize]))
}

// Logged returns an entry if it is as it was logged.
func Logged(tx *store.Tx, number int64) (Entry, error) { return loadIntactEntry(tx, number) }

// GrowTile reseals a tile with one more hash at its end.
func GrowTile(s *store.Store, number int64, sealed []byte) []byte {
	key := tileKey(number)
	t := must(sealedkv.Decode[Tile](s.Keys(), key, sealed))
	return must(sealedkv.Encode(s.Keys(), key, append(t, tlog.RecordHash([]byte("forged")))))
}

// ParseNumber parses the number in a key.
func ParseNumber(table, key string) (int64, error) { return parseNumber(table, key) }
