package check

import (
	"context"

	"loket/store"
	"loket/store/kvdb"
	"loket/store/parallel"
)

// A Problem is something that is wrong with a store. It tells nothing about
// anybody: a record goes by its key, in which everything is hashed.
type Problem struct {
	Table  string `json:"table"`            // "engine" for what is below all tables
	Record string `json:"record,omitempty"` // its key in there: as it is, or in hex
	Says   string `json:"says"`
}

func (p Problem) String() string {
	if p.Record == "" {
		return p.Table + ": " + p.Says
	}
	return p.Table + " " + p.Record + ": " + p.Says
}

// engineTable is the table of what is wrong below all tables.
const engineTable = "engine"

// Run looks for damage in what the engine keeps below, and then, over one
// snapshot, whether every record can be read and belongs where it is, whether
// each is found by what it should be and what is found so is there, whether what it
// refers to is, and whether it is as new as the audit log has it. It tells found each problem, and progress now and then how
// many records it has looked at. It does not verify the audit log: see auditlog.Verify.
//
// It holds no more than a piece of the store at a time. If the engine is damaged
// it looks at no record.
func Run(ctx context.Context, s *store.Store, found func(Problem), progress func(done, all int)) (records int, err error) {
	damaged := false
	if err := s.Engine().Check(ctx, func(damage error) {
		damaged = true
		found(Problem{Table: engineTable, Says: damage.Error()})
	}); err != nil || damaged {
		return 0, err
	}
	err = s.View(ctx, func(tx *store.Tx) error {
		all := 0
		for _, table := range store.AllTables() {
			for range tx.Sealed().KV.Scan(table + "/") {
				all++
			}
		}
		kv := &sharedKV{KV: tx.Sealed().KV}
		defer kv.end()
		c := &checkup{tx: tx.WithKV(kv)}
		c.gatherApplied()
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
		for _, p := range c.missing(kv) {
			found(p)
		}
		return ctx.Err()
	})
	return records, err
}

// Records are checked on all processors, so many at a time, and so many ahead.
const (
	checkBatch        = 256
	checkBatchesAhead = 16
)

// batchResult is what came of some records.
type batchResult struct {
	records  int
	problems []Problem
}

func (c *checkup) checkEntries(entries []kvdb.Entry) batchResult {
	of := batchResult{records: len(entries)}
	for _, e := range entries {
		table, name := store.RecordName(e.Key)
		for _, says := range checks[table](c, e.Key, e.Value) {
			of.problems = append(of.problems, Problem{table, name, says})
		}
	}
	return of
}
