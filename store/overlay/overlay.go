// Package overlay combines the uncommitted writes of a transaction with the stored data. It is for engines whose transactions
// keep their writes apart until they commit. TrialEngine is an engine that never passes its writes on to the engine below.
//
// The package uses package kvdb, whose transactions it implements, and package spill. Start reading at Transaction.
package overlay

import (
	"bytes"
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"loket/store/kvdb"
)

// UncommittedWrites are the uncommitted writes of a transaction, by key. A nil value deletes the key.
type UncommittedWrites map[string][]byte

// WritesUnderPrefix returns the writes whose keys have the given prefix and are greater than the given key, in the order of keys.
func (w UncommittedWrites) WritesUnderPrefix(prefix, after string) (own []kvdb.Entry) {
	for _, key := range slices.Sorted(maps.Keys(w)) {
		if strings.HasPrefix(key, prefix) && key > after {
			own = append(own, kvdb.Entry{Key: key, Value: bytes.Clone(w[key])})
		}
	}
	return own
}

// mergeWrites merges the stored entries, which are in the order of keys, with a transaction's own writes. An own write
// replaces or deletes the stored entry with the same key.
func mergeWrites(stored iter.Seq[kvdb.Entry], own []kvdb.Entry) iter.Seq[kvdb.Entry] {
	return func(yield func(kvdb.Entry) bool) {
		show := func(e kvdb.Entry) bool { return e.Value == nil || yield(e) }
		for e := range stored {
			before, hidden := slices.BinarySearchFunc(own, e, compareKeys)
			for _, o := range own[:before] {
				if !show(o) {
					return
				}
			}
			own = own[before:]
			if !hidden && !show(e) {
				return
			}
		}
		for _, o := range own {
			if !show(o) {
				return
			}
		}
	}
}

func compareKeys(a, b kvdb.Entry) int { return cmp.Compare(a.Key, b.Key) }
