package store_test

import (
	"testing"

	"loket/store"
	"loket/store/fixture"
)

// TestRecordName: the name of a record has only bytes that a terminal can show.
func TestRecordName(t *testing.T) {
	for key, want := range map[string][2]string{
		"head/newest":     {"head", "newest"},
		"a b/ ~":          {"a b", " ~"},
		"number/a\x1f":    {"number", "611f"},
		"account/\x7f":    {"account", "7f"},
		"account/é/x":     {"account", "c3a92f78"},
		"\x1baccount/new": {"1b6163636f756e74", "new"},
	} {
		table, record := store.RecordName(key)
		fixture.RequireEqual(t, [2]string{table, record}, want)
	}
}
