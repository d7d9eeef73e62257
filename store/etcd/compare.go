package etcd

import (
	"fmt"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

// maxWriteSize is the number of bytes that a transaction may write. etcd accepts requests of up to 1.5 MiB, including
// everything else in the request.
const maxWriteSize = 1<<20 + 1<<18

// commitWrites writes the transaction's writes if nothing that it read has changed, and reports whether it did. Once a commit has
// begun, cancelling the context does not stop it.
func (t *transaction) commitWrites() (done bool, err error) {
	if len(t.Writes) == 0 {
		return true, nil // All reads were at one revision, and there is nothing to write.
	}
	if t.revision == 0 { // The transaction read nothing, but must know the generation to which it writes.
		if t.readAtRevision("none/none"); t.Err() != nil {
			return false, t.Err()
		}
	}
	if err := t.Context.Err(); err != nil {
		return false, err
	}
	writes, size := t.Writes.WritesUnderPrefix("", ""), 0
	for _, w := range writes {
		if size += len(w.Key) + len(w.Value); size > maxWriteSize {
			return false, fmt.Errorf("%w: and too many bytes", kvdb.ErrTooLarge)
		}
	}
	return t.database.commitOperations(t.Context, t.compareUnchangedReads(), putOperations(t.database.generationPrefix(t.generation), writes))
}

// compareUnchangedReads returns comparisons that are true if nothing that the transaction read has changed since its revision: the
// generation, the keys that it read, and the keys in the ranges that it scanned. The comparison of a range does not detect a
// deleted key; the comparison of that key, which the scan found, does.
func (t *transaction) compareUnchangedReads() []clientv3.Cmp {
	at := t.database.generationPrefix(t.generation)
	compares := []clientv3.Cmp{clientv3.Compare(clientv3.ModRevision(t.database.keyPrefix+"generation"), "=", t.generationRevision)}
	for key, f := range t.readEntries {
		compares = append(compares, clientv3.Compare(clientv3.ModRevision(at+key), "=", f.modRevision))
	}
	for _, s := range mergeSpans(t.spans) {
		c := clientv3.Compare(clientv3.ModRevision(at+s.from), "<", t.revision+1)
		compares = append(compares, c.WithRange(at+s.until))
	}
	return compares
}

// mergeSpans merges scanned ranges that start at the same key.
func mergeSpans(spans []scannedRange) map[string]scannedRange {
	all := map[string]scannedRange{}
	for _, s := range spans {
		if s.until > s.from && s.until > all[s.from].until {
			all[s.from] = s
		}
	}
	return all
}
