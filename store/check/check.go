package check

import (
	"cmp"
	"context"

	"loket/store"
	"loket/store/kvdb"
	"loket/store/parallel"
	"loket/store/spill"
)

// CheckStore checks the engine for damage. Then it checks every record on one snapshot: whether the record can be read and is under
// its own key, whether the indexes lead to it and to nothing else, whether the records to which it refers exist, and whether
// it is as new as the audit log says.
//
// Run calls found with each problem, and progress with the number of records checked so far. It holds only a part of the store
// in memory at a time. If the engine is damaged, Run checks no records. It does not verify the audit log; auditlog.Verify
// does.
func CheckStore(ctx context.Context, s *store.Store, found func(Problem), progress func(done, all int)) (records int, err error) {
	return run(ctx, s, countEntries, found, progress)
}

// RunOnCopy is Run for a store in which a single read takes long, such as one on a cluster. It reads all records in order, into
// temporary files if they are many, and then checks that copy.
func RunOnCopy(ctx context.Context, s *store.Store, found func(Problem), progress func(done, all int)) (records int, err error) {
	entries := spill.NewTable(s.SpillPlace())
	defer func() { err = cmp.Or(err, entries.Err(), entries.Close()) }()
	return run(ctx, s, func(kv *sharedKV) int {
		all := 0
		for _, table := range store.AllTables() {
			for key, value := range kv.Scan(table + "/") {
				entries.Put(key, value)
				all++
			}
		}
		kv.KV = localCopy{KV: kv.KV, entries: entries}
		return all
	}, found, progress)
}

func countEntries(kv *sharedKV) (all int) {
	for _, table := range store.AllTables() {
		for range kv.Scan(table + "/") {
			all++
		}
	}
	return all
}

// run is Run. Before the checks it calls prepare, which returns the number of records.
func run(ctx context.Context, s *store.Store, prepare func(*sharedKV) int, found func(Problem), progress func(done, all int)) (records int, err error) {
	damaged := false
	if err := s.Engine().Check(ctx, func(damage error) {
		damaged = true
		found(Problem{Table: engineTable, Finding: damage.Error()})
	}); err != nil || damaged {
		return 0, err
	}
	err = s.View(ctx, func(tx *store.Tx) error {
		kv := &sharedKV{KV: tx.SealedTx().KV}
		defer kv.endSharing()
		all := prepare(kv)
		c := &checker{tx: tx.WithKV(kv)}
		c.gatherAppliedProducts()
		c.gatherVersions(ctx, kv)
		for _, table := range store.AllTables() {
			for of := range parallel.MapInOrder(ctx, maxBatchesAhead, kvdb.EntryChunks(kv, table, recordsPerBatch), c.checkEntries) {
				for _, p := range of.problems {
					found(p)
				}
				records += of.records
				progress(records, all)
			}
		}
		for _, p := range c.listMissing(kv) {
			found(p)
		}
		return ctx.Err()
	})
	return records, err
}

// batchResult is the result of checking a batch of records.
type batchResult struct {
	records  int
	problems []Problem
}

func (c *checker) checkEntries(entries []kvdb.Entry) batchResult {
	of := batchResult{records: len(entries)}
	for _, e := range entries {
		table, name := store.RecordName(e.Key)
		for _, finding := range checksByTable[table](c, e.Key, e.Value) {
			of.problems = append(of.problems, Problem{table, name, finding})
		}
	}
	return of
}
