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

// A database begins transactions on the keys of one desk.
type database struct {
	*committer
	engineName string // engineName is unique: no other engine has the same name.

	mu         sync.Mutex
	generation string // generation is the current generation as of the last read.
}

// A transaction is the cluster as the caller of View or Update sees it: the data at one revision, with the caller's own writes
// on top.
type transaction struct {
	overlay.Transaction
	database *database

	startMutex         sync.Mutex // startMutex is held during the first read, and while the revision is pinned.
	generation         string
	generationRevision int64                 // generationRevision is the revision at which the generation became current.
	revision           int64                 // revision is the revision of all reads; it is 0 before the first read.
	readEntries        map[string]readResult // readEntries has the results of all reads, by key.
	spans              []scannedRange        // spans has the ranges of all scans.

	pinTimer *time.Timer
	isPinDue atomic.Bool // isPinDue reports whether the revision must be pinned.
	pinKey   string      // pinKey is the key that pins the revision; it is empty if no key does.
}

// A readResult is the result of reading a key.
type readResult struct {
	value       []byte
	modRevision int64 // modRevision is the revision at which the value was written, or 0 if there is no value.
}

// A scannedRange is the half-open range of keys [from, until) that a scan has read.
type scannedRange struct{ from, until string }

// errSnapshotLost means that the cluster has compacted the revision that the transaction reads.
var errSnapshotLost = fmt.Errorf("%w: its snapshot is no longer kept", kvdb.ErrTooManyConflicts)

// pinDelay is the age at which a transaction pins its revision.
const pinDelay = 2 * time.Second

func (d *database) newView(ctx context.Context) *transaction {
	t := &transaction{database: d, readEntries: map[string]readResult{}}
	t.Transaction = overlay.Transaction{Context: ctx, Stored: t, CheckWrite: checkWritableEntry}
	t.pinTimer = time.AfterFunc(pinDelay, func() { t.isPinDue.Store(true) })
	return t
}

func (d *database) newUpdate(ctx context.Context) *transaction {
	t := d.newView(ctx)
	t.Writes = overlay.UncommittedWrites{}
	return t
}

// releaseSnapshot allows the cluster to discard the revision that the transaction read.
func (t *transaction) releaseSnapshot() {
	t.pinTimer.Stop()
	if t.pinKey != "" {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context), shutdownTimeout)
		defer cancel()
		_, _ = t.database.client.Delete(ctx, t.pinKey) // If this fails, the key expires with the lease.
	}
}

// FindStored implements [overlay.StoredData].
func (t *transaction) FindStored(key string) (value []byte, is bool) {
	if _, _, err := kvdb.SplitKey(key); err != nil {
		t.Fail(err)
		return nil, false
	}
	f, known := t.readEntries[key]
	if !known {
		page := t.readAtRevision(key)
		if t.Err() != nil {
			return nil, false
		}
		if len(page.Kvs) > 0 {
			f = readResult{page.Kvs[0].Value, page.Kvs[0].ModRevision}
		}
		if !t.noteReadResult(key, f) {
			return nil, false
		}
	}
	if f.modRevision == 0 {
		return nil, false
	}
	return append([]byte{}, f.value...), true
}

// maxKeysPerGet is the number of keys that FindMany reads in one request; etcd accepts no more in one transaction.
const maxKeysPerGet = kvdb.MaxKeys

// FindMany implements [overlay.StoredData]. It reads up to maxKeysPerGet keys in one request. In a View the requests run at the same
// time.
func (t *transaction) FindMany(keys []string) [][]byte {
	values := make([][]byte, len(keys))
	if len(keys) > 0 {
		t.readAndFixRevision(keys[0], nil)
	}
	var requests sync.WaitGroup
	for at := 0; at < len(keys); at += maxKeysPerGet {
		end := min(at+maxKeysPerGet, len(keys))
		if t.Writes != nil {
			t.getTogether(keys[at:end], values[at:end])
		} else {
			requests.Go(func() { t.getTogether(keys[at:end], values[at:end]) })
		}
	}
	requests.Wait()
	return values
}

// getTogether reads keys in one request, and sets those values that there are.
func (t *transaction) getTogether(keys []string, values [][]byte) {
	if !t.IsOK() {
		return
	}
	gets := make([]clientv3.Op, len(keys))
	for i, key := range keys {
		if _, _, err := kvdb.SplitKey(key); err != nil {
			t.Fail(err)
		}
		gets[i] = t.newGetOperation(key, []clientv3.OpOption{clientv3.WithRev(t.revision)})
	}
	said, err := t.database.doWithRetry(t.Context, clientv3.OpTxn(nil, gets, nil))
	if err != nil {
		t.failRead(err)
		return
	}
	for i, answer := range said.Txn().Responses {
		var f readResult
		if kvs := answer.GetResponseRange().Kvs; len(kvs) > 0 {
			f = readResult{append([]byte{}, kvs[0].Value...), kvs[0].ModRevision}
		}
		if t.Writes != nil {
			t.noteReadResult(keys[i], f)
		}
		values[i] = f.value
	}
}

// failRead makes the transaction fail with the error of a read.
func (t *transaction) failRead(err error) {
	if errors.Is(err, rpctypes.ErrCompacted) {
		err = errSnapshotLost
	} else {
		err = fmt.Errorf("read: %w", err)
	}
	t.Fail(err)
}

// The numbers of entries that a scan fetches at a time. The first page is small, because most scans need only a few entries.
const (
	firstPageSize = 64
	maxPageSize   = 1024
)

// StoredAfter implements [overlay.StoredData].
func (t *transaction) StoredAfter(prefix, after string) iter.Seq[kvdb.Entry] {
	return func(yield func(kvdb.Entry) bool) {
		if _, _, err := kvdb.SplitKey(prefix); err != nil {
			t.Fail(err)
		}
		if !t.IsOK() {
			return
		}
		from, until := max(prefix, after+"\x00"), clientv3.GetPrefixRangeEnd(prefix)
		if from >= until {
			return // Every key with this prefix sorts before the key after.
		}
		s := t.recordScan(from)
		for size := firstPageSize; ; size = min(2*size, maxPageSize) {
			page := t.readAtRevision(from, clientv3.WithRange(until), clientv3.WithLimit(int64(size)))
			if t.Err() != nil {
				return
			}
			for _, kv := range page.Kvs {
				key := t.relativeKey(kv)
				t.spans[s].until = key + "\x00"
				if !t.noteReadResult(key, readResult{kv.Value, kv.ModRevision}) || !yield(kvdb.Entry{Key: key, Value: append([]byte{}, kv.Value...)}) {
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

// recordScan records a new scanned range that starts at from, and returns its index in spans.
func (t *transaction) recordScan(from string) int {
	t.spans = append(t.spans, scannedRange{from, from})
	t.checkReadCount()
	return len(t.spans) - 1
}

// relativeKey returns the key of an entry without the prefix of its generation.
func (t *transaction) relativeKey(kv *mvccpb.KeyValue) string {
	return strings.TrimPrefix(string(kv.Key), t.database.generationPrefix(t.generation))
}

// readAtRevision reads a key, or with options a range of keys, at the transaction's revision. The first read sets the
// revision.
func (t *transaction) readAtRevision(key string, options ...clientv3.OpOption) *clientv3.GetResponse {
	if !t.IsOK() {
		return nil
	}
	if page := t.readAndFixRevision(key, options); page != nil || !t.IsOK() {
		return page
	}
	return t.fetchAtRevision(key, options)
}

// readAndFixRevision makes the transaction's first read, which fixes its revision, and returns the result of that read. If the
// transaction is old, readAndFixRevision also pins the revision.
func (t *transaction) readAndFixRevision(key string, options []clientv3.OpOption) *clientv3.GetResponse {
	t.startMutex.Lock()
	defer t.startMutex.Unlock()
	if t.revision == 0 {
		return t.readLatestRevision(key, options)
	}
	if t.isPinDue.Load() && t.pinKey == "" && t.Writes == nil {
		t.pinRevision()
	}
	return nil
}

// readLatestRevision reads at the newest revision. In the same etcd transaction it also reads the current generation, to check that it
// looked in the right one.
func (t *transaction) readLatestRevision(key string, options []clientv3.OpOption) *clientv3.GetResponse {
	d := t.database
	d.mu.Lock()
	t.generation = d.generation
	d.mu.Unlock()
	both := []clientv3.Op{clientv3.OpGet(d.keyPrefix + "generation"), t.newGetOperation(key, options)}
	said, err := d.doWithRetry(t.Context, clientv3.OpTxn(nil, both, nil))
	if err != nil {
		t.Fail(fmt.Errorf("read: %w", err))
		return nil
	}
	answer := said.Txn()
	t.revision = answer.Header.Revision
	counts, chosen := parseGeneration(answer.Responses[0].GetResponseRange().Kvs)
	t.generationRevision = chosen
	if counts == t.generation {
		return (*clientv3.GetResponse)(answer.Responses[1].GetResponseRange())
	}
	t.generation = counts
	d.mu.Lock()
	d.generation = counts
	d.mu.Unlock()
	return t.fetchAtRevision(key, options)
}

// newGetOperation returns the operation that reads key, or with options a range that begins at key.
func (t *transaction) newGetOperation(key string, options []clientv3.OpOption) clientv3.Op {
	at := t.database.generationPrefix(t.generation)
	op := clientv3.OpGet(at+key, options...)
	if until := op.RangeBytes(); until != nil {
		op.WithRangeBytes([]byte(at + string(until)))
	}
	return op
}

// fetchAtRevision reads at the transaction's revision. Any member that has that revision may answer.
func (t *transaction) fetchAtRevision(key string, options []clientv3.OpOption) *clientv3.GetResponse {
	at := append(slices.Clone(options), clientv3.WithRev(t.revision))
	answer, err := t.database.doWithRetry(t.Context, t.newGetOperation(key, append(slices.Clone(at), clientv3.WithSerializable())))
	if errors.Is(err, rpctypes.ErrFutureRev) { // The member lags behind, and does not have the revision yet.
		answer, err = t.database.doWithRetry(t.Context, t.newGetOperation(key, at))
	}
	if err != nil {
		t.failRead(err)
		return nil
	}
	return answer.Get()
}

// pinRevision pins the transaction's revision, so that Scrub does not compact it. It tries only once, because a cluster
// without room accepts no pin but can still be read.
func (t *transaction) pinRevision() {
	t.isPinDue.Store(false)
	lease, err := t.database.leaseID(t.Context)
	if err != nil {
		return
	}
	pin := fmt.Sprint(t.database.keyPrefix, "pin/", t.database.engineName, "/", rand.Text())
	if _, err := t.database.doWithRetry(t.Context, clientv3.OpPut(pin, "", clientv3.WithLease(lease))); err == nil {
		t.pinKey = pin
	}
}

// noteReadResult records the result of reading a key, so that the commit can compare it. In a View it records nothing.
func (t *transaction) noteReadResult(key string, f readResult) bool {
	if _, own := t.Writes[key]; t.Writes != nil && !own {
		t.readEntries[key] = f
		t.checkReadCount()
	}
	return t.IsOK()
}

// checkReadCount makes the transaction fail if it has read more keys than allowed.
func (t *transaction) checkReadCount() {
	if t.Writes == nil {
		return
	}
	prefixes := map[string]bool{}
	for _, s := range t.spans {
		prefixes[s.from] = true
	}
	t.CheckLimit("reads", len(t.readEntries)+len(prefixes))
}
