// Package overlay lays what a transaction wrote itself over what is stored, for
// engines whose transactions keep their writes to themselves until they commit.
//
// A Trial is an engine of which nothing ever does.
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

// Writes is what a transaction wrote, by key; a nil value deletes.
type Writes map[string][]byte

// WrittenUnder is what was written under prefix and after a key, in the order of keys.
func (w Writes) WrittenUnder(prefix, after string) (own []kvdb.Entry) {
	for _, key := range slices.Sorted(maps.Keys(w)) {
		if strings.HasPrefix(key, prefix) && key > after {
			own = append(own, kvdb.Entry{Key: key, Value: bytes.Clone(w[key])})
		}
	}
	return own
}

// mergeWrites yields what is stored, which comes in the order of keys, with own in its place:
// what own deletes is not there.
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
