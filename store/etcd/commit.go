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

// slotCount is how many commits of an engine can be under way at once.
const slotCount = 64

// A commitSlot is a key that a commit writes, beside what it is for, so that it can be
// found out whether it was done when its answer was lost. One commit uses it at a
// time.
type commitSlot struct {
	key      string
	modified int64 // the revision at which it was written last; 0 if never
	lease    clientv3.LeaseID
}

// A committer commits what transactions decide.
type committer struct {
	*leaseholder
	slots chan *commitSlot // those that no commit uses
}

// newCommitter returns the one of an engine by a name that no other engine has.
func newCommitter(l *leaseholder, engine string) *committer {
	c := &committer{l, make(chan *commitSlot, slotCount)}
	for n := range slotCount {
		c.slots <- &commitSlot{key: fmt.Sprint(l.root, "slot/", engine, "/", n)}
	}
	return c
}

// commitTimeout is how long the answer to a commit is waited for before its slot is
// looked at.
const commitTimeout = time.Second

// commit does ops if everything compares, and reports whether it did.
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
	if s.lease != lease { // it went with the one that it had
		s.lease, s.modified = lease, 0
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
		s.modified = answer.Header.Revision
		return true, nil
	case err == nil:
		s.readMark(answer)
		return false, nil
	case errors.Is(err, rpctypes.ErrLeaseNotFound): // the cluster was away for longer than it lasts
		c.dropLease(lease)
		return false, nil
	case errors.Is(err, rpctypes.ErrTooManyRequests): // which it did not even look at
		return false, nil
	case isRefused(err):
		return false, fmt.Errorf("commit: %w", err)
	}
	return c.resolveLostCommit(ctx, s, mark, err)
}

// compareUnused compares that nobody used the slot since this engine did.
func (s *commitSlot) compareUnused() clientv3.Cmp {
	return clientv3.Compare(clientv3.ModRevision(s.key), "=", s.modified)
}

// readMark sees how the slot is, which is gone if its lease ended.
func (s *commitSlot) readMark(answer *clientv3.TxnResponse) (mark string) {
	s.modified = 0
	for _, kv := range answer.Responses[0].GetResponseRange().Kvs {
		s.modified, mark = kv.ModRevision, string(kv.Value)
	}
	return mark
}

// resolveLostCommit finds out whether a commit was done whose answer was lost: by using its slot
// for something else, after which it cannot be done any more. It is never done again
// blindly, because then it could be done twice. A slot that is gone went with its lease,
// and says nothing.
func (c *committer) resolveLostCommit(ctx context.Context, s *commitSlot, mark string, cause error) (done bool, err error) {
	answer, err := c.do(context.WithoutCancel(ctx), clientv3.OpTxn(
		[]clientv3.Cmp{s.compareUnused()},
		[]clientv3.Op{clientv3.OpPut(s.key, "", clientv3.WithLease(s.lease))},
		[]clientv3.Op{clientv3.OpGet(s.key)},
	))
	switch {
	case err == nil && answer.Txn().Succeeded:
		s.modified = answer.Txn().Header.Revision
		return false, nil
	case err == nil && s.readMark(answer.Txn()) == mark:
		return true, nil
	case err == nil && s.modified != 0: // an earlier attempt to settle it was answered by nobody
		return false, nil
	case errors.Is(err, rpctypes.ErrLeaseNotFound):
		c.dropLease(s.lease)
	}
	return false, errors.Join(kvdb.ErrOutcomeUnknown, fmt.Errorf("commit: %w", cause))
}

// putOperations are what it takes to write a chunk under a prefix.
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
