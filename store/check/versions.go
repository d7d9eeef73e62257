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

// versions is what the audit log knows of the records that carry a version: the newest
// version of each, by key, or that it is gone.
type versions map[string]store.Change

// gatherVersions goes through the audit log and what waits for it, oldest first. What
// cannot be read there is for the check of that record to tell.
func (c *checkup) gatherVersions(ctx context.Context, kv kvdb.KV) {
	c.versions = versions{}
	for _, table := range []string{store.LogTable, store.QueueTable} {
		for changes := range parallel.Map(ctx, checkBatchesAhead, kvdb.Chunks(kv, table, checkBatch), c.changesIn) {
			for _, change := range changes {
				c.versions.add(change)
			}
		}
	}
}

// changesIn lists the changes that some entries carry.
func (c *checkup) changesIn(entries []kvdb.Entry) (changes []store.Change) {
	for _, e := range entries {
		some, err := auditlog.ChangesOf(c.tx, e.Key, e.Value)
		if err == nil {
			changes = append(changes, some...)
		}
	}
	return changes
}

// add keeps what is newest. Entries of about the same time may be in another order than
// what they tell of. A record that was removed and came again counts from 1: it is held
// against the log once it has come further than the first one. What a restore left out is
// gone at no version.
func (v versions) add(change store.Change) {
	known := v[string(change.Key)]
	if change.Version > known.Version || change.Gone && (change.Version == 0 || change.Version == known.Version) {
		v[string(change.Key)] = change
	}
}

// older says what is wrong with a record if it is older than the audit log has it.
func (c *checkup) older(key string, version int) []string {
	newest, known := c.versions[key]
	if !known || newest.Gone || version >= newest.Version {
		return nil
	}
	return []string{fmt.Sprintf("was put back as it once was: it has version %d, and the audit log has version %d of it", version, newest.Version)}
}

// missing lists the records that the audit log knows of and that are not there.
func (c *checkup) missing(kv kvdb.KV) (problems []Problem) {
	for _, key := range slices.Sorted(maps.Keys(c.versions)) {
		newest := c.versions[key]
		if newest.Gone {
			continue
		}
		if _, found := kv.Get(key); !found {
			table, name := store.RecordName(key)
			problems = append(problems, Problem{table, name, fmt.Sprintf("was taken away: the audit log has version %d of it", newest.Version)})
		}
	}
	return problems
}
