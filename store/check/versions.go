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

// recordVersions holds what the audit log knows of records with a version: the newest change of
// each, by key.
type recordVersions map[string]store.Change

// gatherVersions reads the audit log and its queue, oldest first. Entries that cannot be
// read are reported by their own check.
func (c *checker) gatherVersions(ctx context.Context, kv kvdb.KV) {
	c.versions = recordVersions{}
	for _, table := range []string{store.LogTable, store.QueueTable} {
		for changes := range parallel.Map(ctx, checkBatchesAhead, kvdb.Chunks(kv, table, checkBatch), c.changesIn) {
			for _, change := range changes {
				c.versions.add(change)
			}
		}
	}
}

// changesIn returns the changes in some entries.
func (c *checker) changesIn(entries []kvdb.Entry) (changes []store.Change) {
	for _, e := range entries {
		some, err := auditlog.ChangesOf(c.tx, e.Key, e.Value)
		if err == nil {
			changes = append(changes, some...)
		}
	}
	return changes
}

// add keeps the newest change. Entries of about the same time may be in another order
// than their changes. A record that was deleted and put again starts at version 1: it is
// compared with the log once its version exceeds that of the first record. A record that
// a restore left out is deleted at version 0.
func (v recordVersions) add(change store.Change) {
	known := v[string(change.Key)]
	if change.Version > known.Version || change.Deleted && (change.Version == 0 || change.Version == known.Version) {
		v[string(change.Key)] = change
	}
}

// checkVersion returns a finding if a record is older than the audit log says.
func (c *checker) checkVersion(key string, version int) []string {
	newest, known := c.versions[key]
	if !known || newest.Deleted || version >= newest.Version {
		return nil
	}
	return []string{fmt.Sprintf("was put back as it once was: it has version %d, and the audit log has version %d of it", version, newest.Version)}
}

// listMissing returns the records that should exist according to the audit log, and do not.
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
