// Package overlay combines the uncommitted writes of a transaction with what is stored,
// for engines whose transactions keep their writes apart until they commit.
//
// A TrialEngine is an engine whose transactions never commit to the engine below.
//
// It stands on package kvdb, whose transactions it helps to make, and on package spill.
// Start at Transaction.
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

// Writes are the writes of a transaction, by key; a nil value deletes.
type Writes map[string][]byte

// WrittenUnder returns the writes under prefix and after a key, in the order of keys.
func (w Writes) WrittenUnder(prefix, after string) (own []kvdb.Entry) {
	for _, key := range slices.Sorted(maps.Keys(w)) {
		if strings.HasPrefix(key, prefix) && key > after {
			own = append(own, kvdb.Entry{Key: key, Value: bytes.Clone(w[key])})
		}
	}
	return own
}

// mergeWrites yields the stored entries, which come in the order of keys, merged with own
// writes: an own entry replaces a stored one, or deletes it.
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
