package store

import (
	"maps"

	"golang.org/x/mod/sumdb/tlog"

	"loket/store/sealedkv"
)

// Tables of the audit log, for tests that change it behind the store's back.
var LogTables = []string{logEntries, logTiles, logCheckpoints, logHeads}

const (
	HeadKey         = headKey
	KeptCheckpoints = keptCheckpoints
)

// EntryKey and TileKey are where an entry and its hash are.
func EntryKey(number int64) string { return numberedKey(logEntries, number) }
func TileKey(number int64) string  { return tileKey(number) }

// LogDump is the records of the audit log, as they stand in the engine.
func (tx *Tx) LogDump() map[string][]byte {
	dump := map[string][]byte{}
	for _, table := range LogTables {
		maps.Insert(dump, tx.sealed.KV.Scan(table+"/"))
	}
	return dump
}

// ForgeEntry seals an entry anew that somebody with the keys has changed.
func (s *Store) ForgeEntry(from string, sealed []byte, to string, change func(*AuditEntry, *LogForgery)) []byte {
	r := must(sealedkv.Decode[logRecord](s.keys, from, sealed))
	f := LogForgery{Nonce: r.Nonce, Customer: r.Customer}
	var l leaf
	if err := sealedkv.Unmarshal(r.Leaf, &l); err != nil {
		panic(err)
	}
	e := AuditEntry{Outcome: l.Outcome}
	change(&e, &f)
	if l.Outcome != e.Outcome {
		l.Outcome = e.Outcome
		r.Leaf = must(sealedkv.Marshal(l))
	}
	return must(sealedkv.Encode(s.keys, to, logRecord{r.Leaf, f.Nonce, f.Customer}))
}

// LogForgery is what is kept of an entry beside what is hashed.
type LogForgery struct {
	Nonce    []byte
	Customer CustomerID
}

// ForgeTile seals the hashes anew of which one is replaced by that of an entry.
func (s *Store) ForgeTile(number int64, sealed, entry []byte) []byte {
	key := tileKey(number)
	t := must(sealedkv.Decode[tile](s.keys, key, sealed))
	t[number%tileSize] = tlog.RecordHash([]byte("forged"))
	if entry != nil {
		t[number%tileSize] = must(sealedkv.Decode[logRecord](s.keys, EntryKey(number), entry)).hash()
	}
	return must(sealedkv.Encode(s.keys, key, t))
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
