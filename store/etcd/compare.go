package etcd

import (
	"fmt"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

// maxWriteSize is how much a transaction may write, in bytes: etcd takes 1.5 MiB with
// all that it is told beside.
const maxWriteSize = 1<<20 + 1<<18

// commit writes what the transaction wrote, if nothing has changed of what it read,
// and reports whether that was so. What is decided is done: it does not end with the
// context.
func (t *transaction) commit() (done bool, err error) {
	if len(t.Writes) == 0 {
		return true, nil // it saw one revision, and changes nothing
	}
	if t.revision == 0 { // it read nothing: but it must know where to write
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
	return t.desk.commit(t.Context, t.compareReads(), putOperations(t.desk.dataPrefix(t.generation), writes))
}

// compareReads compares that nothing has changed since the revision of the transaction
// of what it read: neither the generation, nor a key, nor what is in a span. What
// was removed from one shows at the keys that were found in it.
func (t *transaction) compareReads() []clientv3.Cmp {
	at := t.desk.dataPrefix(t.generation)
	compares := []clientv3.Cmp{clientv3.Compare(clientv3.ModRevision(t.desk.root+"generation"), "=", t.chosen)}
	for key, f := range t.found {
		compares = append(compares, clientv3.Compare(clientv3.ModRevision(at+key), "=", f.modified))
	}
	for _, s := range mergeSpans(t.spans) {
		c := clientv3.Compare(clientv3.ModRevision(at+s.from), "<", t.revision+1)
		compares = append(compares, c.WithRange(at+s.until))
	}
	return compares
}

// mergeSpans leaves one span for each place where several begin.
func mergeSpans(spans []scannedRange) map[string]scannedRange {
	all := map[string]scannedRange{}
	for _, s := range spans {
		if s.until > s.from && s.until > all[s.from].until {
			all[s.from] = s
		}
	}
	return all
}
