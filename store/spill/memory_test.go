package spill

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestMemorySorted: the order is that of the whole keys, however many tables there are and however
// much of their names is the same, and each key is there once with its newest value.
func TestMemorySorted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tables := rapid.SampledFrom([]int{1, 3, 300}).Draw(t, "tables")
		key := rapid.Custom(func(t *rapid.T) string {
			table := fmt.Sprintf("t%d/", rapid.IntRange(1, tables).Draw(t, "table"))
			return rapid.SampledFrom([]string{table, "no table", ""}).Draw(t, "begins") +
				rapid.SampledFrom([]string{"", "same 7 bytes", "same 7 ", "\x00"}).Draw(t, "same") + rapid.StringN(0, 3, -1).Draw(t, "ends")
		})
		m, newest := newMemory(0), map[string]string{}
		for i, k := range rapid.SliceOfN(key, 0, 400).Draw(t, "keys") {
			newest[k] = fmt.Sprint(i)
			m.putEntry(k, []byte(newest[k]))
		}
		entries := m.sortedEntries()
		if !slices.IsSortedFunc(entries, func(a, b entry) int { return bytes.Compare(a.key, b.key) }) {
			t.Fatalf("the order is %q", entries)
		}
		if len(entries) != len(newest) {
			t.Fatalf("%d entries, want %d", len(entries), len(newest))
		}
		for _, e := range entries {
			if k := string(e.key); string(e.value) != newest[k] {
				t.Fatalf("%q is %q, want %q", k, e.value, newest[k])
			}
		}
	})
}

// TestMemoryCollision: two keys of one hash are both found.
func TestMemoryCollision(t *testing.T) {
	m := newMemory(0)
	m.putEntry("a/1", []byte("one"))
	m.putEntry("a/2", []byte("two"))
	hash := hashOf("a/2")
	m.nodes[0].hash = hash
	m.growIndex()
	m.putEntry("a/2", []byte(strings.Repeat("2", 200)))
	for key, want := range map[string]string{"a/1": "one", "a/2": strings.Repeat("2", 200)} {
		if got, found := m.findValue(key, hash); !found || string(got) != want {
			t.Errorf("%s: %q, %t", key, got, found)
		}
	}
	if _, found := m.findValue("a/3", hash); found {
		t.Error("a key is found that was not put")
	}
}
