package check

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/kvdb"
	"loket/store/parallel"
)

// newestVersions maps the key of a record to its newest change, as the audit log has it.
type newestVersions map[string]store.Change

// gatherVersions reads the changes in the audit log and in its queue, oldest first. It skips entries that cannot be read,
// because the check of those tables reports them.
func (c *checker) gatherVersions(ctx context.Context, kv kvdb.KV) {
	c.versions = newestVersions{}
	for _, table := range []string{store.LogTable, store.QueueTable} {
		for changes := range parallel.MapInOrder(ctx, maxBatchesAhead, kvdb.EntryChunks(kv, table, recordsPerBatch), c.readChanges) {
			for _, change := range changes {
				c.versions.addChange(change)
			}
		}
	}
}

// readChanges returns the changes to records that the given log entries contain.
func (c *checker) readChanges(entries []kvdb.Entry) (changes []store.Change) {
	for _, e := range entries {
		some, err := auditlog.DecodeEntryChanges(c.tx, e.Key, e.Value)
		if err == nil {
			changes = append(changes, some...)
		}
	}
	return changes
}

// addChange keeps change if it is the newest of its record. Entries from about the same time may be in a different order from their
// changes. A record that was deleted and created again starts at version 1; it is compared with the log once its version
// exceeds the last one before the deletion. A deletion at version 0 is of a record that was missing from a restored backup.
func (v newestVersions) addChange(change store.Change) {
	known := v[string(change.Key)]
	if change.Version > known.Version || change.Deleted && (change.Version == 0 || change.Version == known.Version) {
		v[string(change.Key)] = change
	}
}

// checkVersion returns a finding if the version of a record is older than the audit log says.
func (c *checker) checkVersion(key string, version int) []string {
	newest, known := c.versions[key]
	if !known || newest.Deleted || version >= newest.Version {
		return nil
	}
	return []string{fmt.Sprintf("was put back as it once was: it has version %d, and the audit log has version %d of it", version, newest.Version)}
}

// listMissing returns a problem for each record that should exist according to the audit log but does not.
func (c *checker) listMissing(kv kvdb.KV) (problems []Problem) {
	for _, key := range slices.Sorted(maps.Keys(c.versions)) {
		newest := c.versions[key]
		if newest.Deleted {
			continue
		}
		if _, found := kv.Get(key); !found {
			table, name := store.RecordName(key)
			problems = append(problems, Problem{table, name, fmt.Sprintf("was taken away: the audit log has version %d of it", newest.Version)})
		}
	}
	return problems
}
