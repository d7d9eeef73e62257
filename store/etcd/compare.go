package etcd

import (
	"fmt"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

// maxWriteSize is how many bytes a transaction may write: etcd accepts 1.5 MiB,
// everything else included.
const maxWriteSize = 1<<20 + 1<<18

// commit writes what the transaction wrote, if nothing that it read has changed, and
// reports whether it did. A commit that has begun does not end with the context.
func (t *transaction) commit() (done bool, err error) {
	if len(t.Writes) == 0 {
		return true, nil // it read one revision, and changes nothing
	}
	if t.revision == 0 { // it read nothing, but needs the generation to write to
		if t.readAtRevision("none/none"); t.Err() != nil {
			return false, t.Err()
		}
	}
	if err := t.Context.Err(); err != nil {
		return false, err
	}
	writes, size := t.Writes.WrittenUnder("", ""), 0
	for _, w := range writes {
		if size += len(w.Key) + len(w.Value); size > maxWriteSize {
			return false, fmt.Errorf("%w: and too many bytes", kvdb.ErrTooLarge)
		}
	}
	return t.database.commit(t.Context, t.compareReads(), putOperations(t.database.dataPrefix(t.generation), writes))
}

// compareReads returns the comparisons that nothing that the transaction read has changed
// since its revision: neither the generation, nor a key, nor a key in a scanned range. A
// key removed from a range shows as a change of a key that was found.
func (t *transaction) compareReads() []clientv3.Cmp {
	at := t.database.dataPrefix(t.generation)
	compares := []clientv3.Cmp{clientv3.Compare(clientv3.ModRevision(t.database.root+"generation"), "=", t.generationRevision)}
	for key, f := range t.readEntries {
		compares = append(compares, clientv3.Compare(clientv3.ModRevision(at+key), "=", f.modified))
	}
	for _, s := range mergeSpans(t.spans) {
		c := clientv3.Compare(clientv3.ModRevision(at+s.from), "<", t.revision+1)
		compares = append(compares, c.WithRange(at+s.until))
	}
	return compares
}

// mergeSpans merges the ranges with the same start.
func mergeSpans(spans []scannedRange) map[string]scannedRange {
	all := map[string]scannedRange{}
	for _, s := range spans {
		if s.until > s.from && s.until > all[s.from].until {
			all[s.from] = s
		}
	}
	return all
}
