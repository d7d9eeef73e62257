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

// slotCount is the number of commits that an engine can run at the same time.
const slotCount = 64

// A commitSlot is a key that a commit writes beside its data. If the answer to the commit is lost, the slot shows whether the
// commit was done. One commit uses a slot at a time.
type commitSlot struct {
	key          string
	lastRevision int64 // lastRevision is the revision of the last write to the slot, or 0 before the first.
	lease        clientv3.LeaseID
}

// A committer commits the writes of transactions.
type committer struct {
	*leaseholder
	slots chan *commitSlot // slots holds the slots that no commit is using.
}

// newCommitter returns the committer of an engine. engine is the unique name of the engine.
func newCommitter(l *leaseholder, engine string) *committer {
	c := &committer{l, make(chan *commitSlot, slotCount)}
	for n := range slotCount {
		c.slots <- &commitSlot{key: fmt.Sprint(l.keyPrefix, "slot/", engine, "/", n)}
	}
	return c
}

// commitTimeout is how long a commit waits for its answer before it checks its slot.
const commitTimeout = time.Second

// commitOperations performs ops in one etcd transaction if all comparisons are true. It reports whether ops were performed.
func (c *committer) commitOperations(ctx context.Context, compares []clientv3.Cmp, ops []clientv3.Op) (done bool, err error) {
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
	if s.lease != lease { // The slot was deleted with its old lease.
		s.lease, s.lastRevision = lease, 0
	}
	bounded, cancel := c.withTimeout(context.WithoutCancel(ctx), commitTimeout)
	defer cancel()
	mark := rand.Text()
	answer, err := c.client.Txn(bounded).
		If(append(compares, s.compareSlotUnused())...).
		Then(append(ops, clientv3.OpPut(s.key, mark, clientv3.WithLease(lease)))...).
		Else(clientv3.OpGet(s.key)).Commit()
	switch {
	case err == nil && answer.Succeeded:
		s.lastRevision = answer.Header.Revision
		return true, nil
	case err == nil:
		s.readMark(answer)
		return false, nil
	case errors.Is(err, rpctypes.ErrLeaseNotFound): // The cluster was unreachable for longer than the lease.
		c.dropLease(lease)
		return false, nil
	case errors.Is(err, rpctypes.ErrTooManyRequests): // The cluster did not process the commit.
		return false, nil
	case isRefused(err):
		return false, fmt.Errorf("commit: %w", err)
	}
	return c.resolveLostCommit(ctx, s, mark, err)
}

// compareSlotUnused returns a comparison that is true if the slot was not written since this engine last wrote it.
func (s *commitSlot) compareSlotUnused() clientv3.Cmp {
	return clientv3.Compare(clientv3.ModRevision(s.key), "=", s.lastRevision)
}

// readMark updates the slot from an answer, and returns the mark in the slot. The slot does not exist any more if its lease
// has ended.
func (s *commitSlot) readMark(answer *clientv3.TxnResponse) (mark string) {
	s.lastRevision = 0
	for _, kv := range answer.Responses[0].GetResponseRange().Kvs {
		s.lastRevision, mark = kv.ModRevision, string(kv.Value)
	}
	return mark
}

// resolveLostCommit finds out whether a commit was done after its answer was lost. It writes to the commit's slot, so that the
// commit cannot be done later. It never repeats the commit, because the commit could then be done twice. If the slot does not
// exist any more because its lease has ended, the outcome stays unknown.
func (c *committer) resolveLostCommit(ctx context.Context, s *commitSlot, mark string, cause error) (done bool, err error) {
	answer, err := c.doWithRetry(context.WithoutCancel(ctx), clientv3.OpTxn(
		[]clientv3.Cmp{s.compareSlotUnused()},
		[]clientv3.Op{clientv3.OpPut(s.key, "", clientv3.WithLease(s.lease))},
		[]clientv3.Op{clientv3.OpGet(s.key)},
	))
	switch {
	case err == nil && answer.Txn().Succeeded:
		s.lastRevision = answer.Txn().Header.Revision
		return false, nil
	case err == nil && s.readMark(answer.Txn()) == mark:
		return true, nil
	case err == nil && s.lastRevision != 0: // An earlier try of this request succeeded, and its answer was lost.
		return false, nil
	case errors.Is(err, rpctypes.ErrLeaseNotFound):
		c.dropLease(s.lease)
	}
	return false, errors.Join(kvdb.ErrOutcomeUnknown, fmt.Errorf("commit: %w", cause))
}

// putOperations returns the operations that write a chunk of entries under a prefix.
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
