package check

import (
	"context"
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"strings"
	"sync"

	"loket/store"
	"loket/store/kvdb"
	"loket/store/parallel"
	"loket/store/sealedkv"
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

// inEngine is the table of what is wrong below all tables.
const inEngine = "engine"

// Run looks for damage in what the engine keeps below, and then, over one
// snapshot, whether every record can be read and belongs where it is, whether
// each is found by what it should be and what is found so is there, and whether
// what it refers to is. It tells found each problem, and progress now and then how
// many records it has looked at. It does not verify the audit log: see auditlog.Verify.
//
// It holds no more than a piece of the store at a time. If the engine is damaged
// it looks at no record.
func Run(ctx context.Context, s *store.Store, found func(Problem), progress func(done, all int)) (records int, err error) {
	damaged := false
	if err := s.Engine().Check(ctx, func(damage error) {
		damaged = true
		found(Problem{Table: inEngine, Says: damage.Error()})
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
		c := &checkup{tx: tx.Over(kv)}
		c.gatherApplied()
		for _, table := range store.AllTables() {
			for of := range parallel.Map(ctx, checkAhead, kvdb.Chunks(kv, table, checkBatch), c.all) {
				for _, p := range of.problems {
					found(p)
				}
				records += of.records
				progress(records, all)
			}
		}
		return ctx.Err()
	})
	return records, err
}

// Records are checked on all processors, so many at a time, and so many ahead.
const (
	checkBatch = 256
	checkAhead = 16
)

// sharedKV is a KV for several goroutines, one at a time, until end.
type sharedKV struct {
	kvdb.KV
	mu   sync.Mutex
	over bool
}

func (s *sharedKV) Get(key string) (value []byte, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil, false
	}
	return s.KV.Get(key)
}

func (s *sharedKV) Scan(prefix string) iter.Seq2[string, []byte] { return s.ScanAfter(prefix, "") }

func (s *sharedKV) ScanAfter(prefix, after string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.over {
			return
		}
		for key, value := range s.KV.ScanAfter(prefix, after) {
			s.mu.Unlock()
			goes := yield(key, value)
			if s.mu.Lock(); !goes || s.over {
				return
			}
		}
	}
}

// end makes sure that nobody reads from it any more.
func (s *sharedKV) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
}

// checkup checks records.
type checkup struct {
	tx      *store.Tx // for reading keys and what is at them alone
	applied map[uint64]bool
	seed    maphash.Seed
}

// gatherApplied lists, by their hashes, the products that somebody applied for:
// who was an applicant once and is none any more lost what they held by that,
// and may be a holder of the product all the same.
func (c *checkup) gatherApplied() {
	c.applied, c.seed = map[uint64]bool{}, maphash.MakeSeed()
	for key, sealed := range c.tx.Sealed().KV.Scan(store.ApplicationTable + "/") {
		if a, err := sealedkv.Decode[struct {
			Product store.ProductID `cbor:"2,keyasint"`
		}](c.tx.Sealed().Keys, key, sealed); err == nil {
			c.applied[maphash.String(c.seed, string(a.Product))] = true
		}
	}
}

func (c *checkup) wasAppliedFor(id store.ProductID) bool {
	return c.applied[maphash.String(c.seed, string(id))]
}

// checkedSome is what came of some records.
type checkedSome struct {
	records  int
	problems []Problem
}

func (c *checkup) all(entries []kvdb.Entry) checkedSome {
	of := checkedSome{records: len(entries)}
	for _, e := range entries {
		table := kvdb.TableOf(e.Key)
		name := recordName(strings.TrimPrefix(e.Key, table+"/"))
		for _, says := range checks[table](c, e.Key, e.Value) {
			of.problems = append(of.problems, Problem{table, name, says})
		}
	}
	return of
}

// recordName is a key within its table for people: many are bytes of any kind.
func recordName(key string) string {
	if strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) {
		return fmt.Sprintf("%x", key)
	}
	return key
}

// A check lists what is wrong with the record at key.
type check = func(c *checkup, key string, sealed []byte) (says []string)

// readable is the check of a record that can be read, which look has more to say
// about.
func readable[T any](look func(c *checkup, key string, record T) []string) check {
	return func(c *checkup, key string, sealed []byte) []string {
		value, err := c.tx.Sealed().Keys.Open(key, sealed)
		if err != nil {
			return []string{"cannot be unsealed"}
		}
		var record T
		if err := sealedkv.Unmarshal(value, &record); err != nil {
			return []string{"cannot be decoded"}
		}
		if look == nil {
			return nil
		}
		return look(c, key, record)
	}
}

// at finds what a record refers to. What is there and cannot be read is for the
// check of that record to tell.
func at[T any](c *checkup, key string) (record T, found, readable bool) {
	sealed, found := c.tx.Sealed().KV.Get(key)
	if !found {
		return record, false, false
	}
	record, err := sealedkv.Decode[T](c.tx.Sealed().Keys, key, sealed)
	return record, true, err == nil
}

// leadsTo reports whether id is found under key, as far as that can be read.
func leadsTo[ID comparable](c *checkup, key string, id ID) bool {
	ids, found, readable := at[[]ID](c, key)
	return found && (!readable || slices.Contains(ids, id))
}
