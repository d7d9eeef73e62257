package etcd

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/etcd/api/v3/mvccpb"
	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
	"loket/store/overlay"
)

// A desk begins transactions on the keys of one.
type desk struct {
	*committer
	name string // of this engine, which no other one has

	mu         sync.Mutex
	generation string // that counted last time
}

// transaction is what fn sees of the cluster: what there was at one revision, under
// its own writes.
type transaction struct {
	overlay.Transaction
	desk *desk

	generation string
	chosen     int64            // the revision at which that generation began to count
	revision   int64            // of everything that is read; 0 before the first read
	found      map[string]found // what reads came to
	spans      []span           // what scans went through

	aging *time.Timer
	old   atomic.Bool // so that its revision is to be pinned
	pin   string      // the key that does; none
}

// found is what was found at a key.
type found struct {
	value    []byte
	modified int64 // the revision at which it was written; 0 if there is nothing
}

// A span is what a scan went through: the keys from one on, before another one.
type span struct{ from, until string }

// errLost says that the history was compacted in which the transaction reads.
var errLost = fmt.Errorf("%w: its snapshot is no longer kept", kvdb.ErrBusy)

// pinAfter is how old a transaction is when its revision is pinned.
const pinAfter = 2 * time.Second

func (d *desk) view(ctx context.Context) *transaction {
	t := &transaction{desk: d, found: map[string]found{}}
	t.Transaction = overlay.Transaction{Context: ctx, Stored: t, Check: check}
	t.aging = time.AfterFunc(pinAfter, func() { t.old.Store(true) })
	return t
}

func (d *desk) update(ctx context.Context) *transaction {
	t := d.view(ctx)
	t.Writes = overlay.Writes{}
	return t
}

// end lets go of the snapshot.
func (t *transaction) end() {
	t.aging.Stop()
	if t.pin != "" {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context), shutdownTimeout)
		defer cancel()
		_, _ = t.desk.client.Delete(ctx, t.pin) // else it goes with the lease
	}
}

// Find implements [overlay.Stored].
func (t *transaction) Find(key string) (value []byte, is bool) {
	if _, _, err := kvdb.SplitKey(key); err != nil {
		t.Fail(err)
		return nil, false
	}
	f, known := t.found[key]
	if !known {
		page := t.read(key)
		if t.Err() != nil {
			return nil, false
		}
		if len(page.Kvs) > 0 {
			f = found{page.Kvs[0].Value, page.Kvs[0].ModRevision}
		}
		if !t.note(key, f) {
			return nil, false
		}
	}
	if f.modified == 0 {
		return nil, false
	}
	return append([]byte{}, f.value...), true
}

// How many entries are fetched at once: few at first, as most who scan want.
const (
	firstPage   = 64
	longestPage = 1024
)

// After implements [overlay.Stored].
func (t *transaction) After(prefix, after string) iter.Seq[kvdb.Entry] {
	return func(yield func(kvdb.Entry) bool) {
		if _, _, err := kvdb.SplitKey(prefix); err != nil {
			t.Fail(err)
		}
		if !t.Goes() {
			return
		}
		from, until := max(prefix, after+"\x00"), clientv3.GetPrefixRangeEnd(prefix)
		if from >= until {
			return // all of prefix comes before it
		}
		s := t.span(from)
		for size := firstPage; ; size = min(2*size, longestPage) {
			page := t.read(from, clientv3.WithRange(until), clientv3.WithLimit(int64(size)))
			if t.Err() != nil {
				return
			}
			for _, kv := range page.Kvs {
				key := t.named(kv)
				t.spans[s].until = key + "\x00"
				if !t.note(key, found{kv.Value, kv.ModRevision}) || !yield(kvdb.Entry{Key: key, Value: append([]byte{}, kv.Value...)}) {
					return
				}
				from = key + "\x00"
			}
			if !page.More {
				t.spans[s].until = until
				return
			}
		}
	}
}

// span begins to note what a scan goes through, and gives where that is noted.
func (t *transaction) span(from string) int {
	t.spans = append(t.spans, span{from, from})
	t.count()
	return len(t.spans) - 1
}

// named is the key of an entry, as the transaction knows it.
func (t *transaction) named(kv *mvccpb.KeyValue) string {
	return strings.TrimPrefix(string(kv.Key), t.desk.data(t.generation))
}

// read reads at the revision of the transaction, which the first read fixes.
func (t *transaction) read(key string, options ...clientv3.OpOption) *clientv3.GetResponse {
	if !t.Goes() {
		return nil
	}
	if t.revision == 0 {
		return t.readFirst(key, options)
	}
	if t.old.Load() && t.pin == "" && t.Writes == nil {
		t.keep()
	}
	return t.fetch(key, options)
}

// readFirst reads from whatever the newest revision is, and sees in the same instant
// whether the generation counts in which it reads.
func (t *transaction) readFirst(key string, options []clientv3.OpOption) *clientv3.GetResponse {
	d := t.desk
	d.mu.Lock()
	t.generation = d.generation
	d.mu.Unlock()
	both := []clientv3.Op{clientv3.OpGet(d.root + "generation"), t.get(key, options)}
	said, err := d.do(t.Context, clientv3.OpTxn(nil, both, nil))
	if err != nil {
		t.Fail(fmt.Errorf("read: %w", err))
		return nil
	}
	answer := said.Txn()
	t.revision = answer.Header.Revision
	counts, chosen := generationIn(answer.Responses[0].GetResponseRange().Kvs)
	t.chosen = chosen
	if counts == t.generation {
		return (*clientv3.GetResponse)(answer.Responses[1].GetResponseRange())
	}
	t.generation = counts
	d.mu.Lock()
	d.generation = counts
	d.mu.Unlock()
	return t.fetch(key, options)
}

// get is the operation that reads key or, with options, what comes after it.
func (t *transaction) get(key string, options []clientv3.OpOption) clientv3.Op {
	at := t.desk.data(t.generation)
	op := clientv3.OpGet(at+key, options...)
	if until := op.RangeBytes(); until != nil {
		op.WithRangeBytes([]byte(at + string(until)))
	}
	return op
}

// fetch reads at the revision that is fixed. Any member may answer that has it.
func (t *transaction) fetch(key string, options []clientv3.OpOption) *clientv3.GetResponse {
	at := append(slices.Clone(options), clientv3.WithRev(t.revision))
	answer, err := t.desk.do(t.Context, t.get(key, append(slices.Clone(at), clientv3.WithSerializable())))
	if errors.Is(err, rpctypes.ErrFutureRev) { // that member lags behind
		answer, err = t.desk.do(t.Context, t.get(key, at))
	}
	switch {
	case errors.Is(err, rpctypes.ErrCompacted):
		t.Fail(errLost)
		return nil
	case err != nil:
		t.Fail(fmt.Errorf("read: %w", err))
		return nil
	}
	return answer.Get()
}

// keep pins the revision, so that Scrub leaves it alone. It is tried once: a cluster
// without room takes no pin, and can be read all the same.
func (t *transaction) keep() {
	t.old.Store(false)
	lease, err := t.desk.leased(t.Context)
	if err != nil {
		return
	}
	pin := fmt.Sprint(t.desk.root, "pin/", t.desk.name, "/", rand.Text())
	if _, err := t.desk.do(t.Context, clientv3.OpPut(pin, "", clientv3.WithLease(lease))); err == nil {
		t.pin = pin
	}
}

// note keeps what was found at a key, for the commit to compare. A View compares
// nothing.
func (t *transaction) note(key string, f found) bool {
	if _, own := t.Writes[key]; t.Writes != nil && !own {
		t.found[key] = f
		t.count()
	}
	return t.Goes()
}

// count sees to it that the transaction reads no more than it may.
func (t *transaction) count() {
	if t.Writes == nil {
		return
	}
	prefixes := map[string]bool{}
	for _, s := range t.spans {
		prefixes[s.from] = true
	}
	t.Limit("reads", len(t.found)+len(prefixes))
}
