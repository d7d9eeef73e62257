package check

import (
	"context"

	"loket/store"
	"loket/store/kvdb"
	"loket/store/parallel"
)

// A Problem is a fault that Run found in a store. It holds no personal data: it identifies a record by its key, which is
// hashed.
type Problem struct {
	Table   string `json:"table"`            // Table is the table of the record, or "engine" for a fault in the engine's files.
	Record  string `json:"record,omitempty"` // Record is the key of the record in its table, as text or in hexadecimal.
	Finding string `json:"says"`
}

func (p Problem) String() string {
	if p.Record == "" {
		return p.Table + ": " + p.Finding
	}
	return p.Table + " " + p.Record + ": " + p.Finding
}

// engineTable is the Table of a Problem in the engine's files.
const engineTable = "engine"

// Run checks the engine for damage. Then it checks every record on one snapshot: whether the record can be read and is under
// its own key, whether the indexes lead to it and to nothing else, whether the records to which it refers exist, and whether
// it is as new as the audit log says.
//
// Run calls found with each problem, and progress with the number of records checked so far. It holds only a part of the store
// in memory at a time. If the engine is damaged, Run checks no records. It does not verify the audit log; auditlog.Verify
// does.
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

// checkBatch is the number of records that a processor checks at a time; at most checkBatchesAhead batches are read in
// advance.
const (
	checkBatch        = 256
	checkBatchesAhead = 16
)

// batchResult is the result of checking a batch of records.
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
