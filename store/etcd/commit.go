package etcd

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

// slotCount is how many commits of an engine can run at once.
const slotCount = 64

// A commitSlot is a key that a commit writes beside its data, so that it can be found out
// whether the commit was done if its answer is lost. One commit uses it at a time.
type commitSlot struct {
	key          string
	lastRevision int64 // the revision of its last write; 0 if never written
	lease        clientv3.LeaseID
}

// A committer commits the writes of transactions.
type committer struct {
	*leaseholder
	slots chan *commitSlot // the free slots
}

// newCommitter returns the committer of an engine, which has a unique name.
func newCommitter(l *leaseholder, engine string) *committer {
	c := &committer{l, make(chan *commitSlot, slotCount)}
	for n := range slotCount {
		c.slots <- &commitSlot{key: fmt.Sprint(l.root, "slot/", engine, "/", n)}
	}
	return c
}

// commitTimeout is how long a commit waits for its answer before it checks its slot.
const commitTimeout = time.Second

// commit does ops if all compares hold, and reports whether it did.
func (c *committer) commit(ctx context.Context, compares []clientv3.Cmp, ops []clientv3.Op) (done bool, err error) {
	lease, err := c.leaseID(ctx)
	if err != nil {
		return false, err
	}
	var s *commitSlot
	select {
	case s = <-c.slots:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	defer func() { c.slots <- s }()
	if s.lease != lease { // the slot was deleted with its old lease
		s.lease, s.lastRevision = lease, 0
	}
	bounded, cancel := c.withTimeout(context.WithoutCancel(ctx), commitTimeout)
	defer cancel()
	mark := rand.Text()
	answer, err := c.client.Txn(bounded).
		If(append(compares, s.compareUnused())...).
		Then(append(ops, clientv3.OpPut(s.key, mark, clientv3.WithLease(lease)))...).
		Else(clientv3.OpGet(s.key)).Commit()
	switch {
	case err == nil && answer.Succeeded:
		s.lastRevision = answer.Header.Revision
		return true, nil
	case err == nil:
		s.readMark(answer)
		return false, nil
	case errors.Is(err, rpctypes.ErrLeaseNotFound): // the cluster was away for longer than the lease
		c.dropLease(lease)
		return false, nil
	case errors.Is(err, rpctypes.ErrTooManyRequests): // the cluster did not process it
		return false, nil
	case isRefused(err):
		return false, fmt.Errorf("commit: %w", err)
	}
	return c.resolveLostCommit(ctx, s, mark, err)
}

// compareUnused returns the comparison that the slot was not written since this engine
// wrote it.
func (s *commitSlot) compareUnused() clientv3.Cmp {
	return clientv3.Compare(clientv3.ModRevision(s.key), "=", s.lastRevision)
}

// readMark updates the slot from an answer, and returns its mark. The slot is gone if its
// lease ended.
func (s *commitSlot) readMark(answer *clientv3.TxnResponse) (mark string) {
	s.lastRevision = 0
	for _, kv := range answer.Responses[0].GetResponseRange().Kvs {
		s.lastRevision, mark = kv.ModRevision, string(kv.Value)
	}
	return mark
}

// resolveLostCommit finds out whether a commit was done whose answer was lost. It writes
// the slot for another purpose, after which the commit cannot be done any more. It never
// repeats a commit, because that could do it twice. A slot that is gone, because its
// lease ended, shows nothing.
func (c *committer) resolveLostCommit(ctx context.Context, s *commitSlot, mark string, cause error) (done bool, err error) {
	answer, err := c.doWithRetry(context.WithoutCancel(ctx), clientv3.OpTxn(
		[]clientv3.Cmp{s.compareUnused()},
		[]clientv3.Op{clientv3.OpPut(s.key, "", clientv3.WithLease(s.lease))},
		[]clientv3.Op{clientv3.OpGet(s.key)},
	))
	switch {
	case err == nil && answer.Txn().Succeeded:
		s.lastRevision = answer.Txn().Header.Revision
		return false, nil
	case err == nil && s.readMark(answer.Txn()) == mark:
		return true, nil
	case err == nil && s.lastRevision != 0: // an earlier try of this request was done, and its answer lost
		return false, nil
	case errors.Is(err, rpctypes.ErrLeaseNotFound):
		c.dropLease(s.lease)
	}
	return false, errors.Join(kvdb.ErrOutcomeUnknown, fmt.Errorf("commit: %w", cause))
}

// putOperations returns the operations that write a chunk under a prefix.
func putOperations(at string, chunk []kvdb.Entry) (ops []clientv3.Op) {
	for _, w := range chunk {
		if w.Value == nil {
			ops = append(ops, clientv3.OpDelete(at+w.Key))
		} else {
			ops = append(ops, clientv3.OpPut(at+w.Key, string(w.Value)))
		}
	}
	return ops
}
