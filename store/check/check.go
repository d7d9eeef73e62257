package check

import (
	"context"

	"loket/store"
	"loket/store/kvdb"
	"loket/store/parallel"
)

// A Problem is something that is wrong with a store. It holds no personal data: it
// identifies a record by its key, which is hashed.
type Problem struct {
	Table   string `json:"table"`            // "engine" for problems below all tables
	Record  string `json:"record,omitempty"` // its key in the table, as text or in hex
	Finding string `json:"says"`
}

func (p Problem) String() string {
	if p.Record == "" {
		return p.Table + ": " + p.Finding
	}
	return p.Table + " " + p.Record + ": " + p.Finding
}

// engineTable is the Table of problems below all tables.
const engineTable = "engine"

// Run checks the engine for damage. Then it checks, on one snapshot, whether every record
// can be read and is under its own key, whether the indexes lead to it and to nothing
// else, whether the records that it refers to exist, and whether it is as new as the
// audit log says. It calls found with each problem, and progress with how many records it
// has checked. It does not verify the audit log: see auditlog.Verify.
//
// It holds only a part of the store in memory at a time. If the engine is damaged, it
// checks no records.
func Run(ctx context.Context, s *store.Store, found func(Problem), progress func(done, all int)) (records int, err error) {
	damaged := false
	if err := s.Engine().Check(ctx, func(damage error) {
		damaged = true
		found(Problem{Table: engineTable, Finding: damage.Error()})
	}); err != nil || damaged {
		return 0, err
	}
	err = s.View(ctx, func(tx *store.Tx) error {
		all := 0
		for _, table := range store.AllTables() {
			for range tx.SealedTx().KV.Scan(table + "/") {
				all++
			}
		}
		kv := &sharedKV{KV: tx.SealedTx().KV}
		defer kv.endSharing()
		c := &checker{tx: tx.WithKV(kv)}
		c.gatherAppliedProducts()
		c.gatherVersions(ctx, kv)
		for _, table := range store.AllTables() {
			for of := range parallel.Map(ctx, checkBatchesAhead, kvdb.Chunks(kv, table, checkBatch), c.checkEntries) {
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

// Records are checked on all processors, in batches of this size. So many batches may be
// ready ahead.
const (
	checkBatch        = 256
	checkBatchesAhead = 16
)

// batchResult is the result of checking a batch.
type batchResult struct {
	records  int
	problems []Problem
}

func (c *checker) checkEntries(entries []kvdb.Entry) batchResult {
	of := batchResult{records: len(entries)}
	for _, e := range entries {
		table, name := store.RecordName(e.Key)
		for _, finding := range checks[table](c, e.Key, e.Value) {
			of.problems = append(of.problems, Problem{table, name, finding})
		}
	}
	return of
}
