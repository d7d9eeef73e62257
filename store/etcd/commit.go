package etcd

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
	"google.golang.org/grpc/codes"

	"loket/store/kvdb"
)

// slots is how many commits of an engine can be under way at once.
const slots = 64

// A slot is a key that a commit writes, beside what it is for, so that it can be
// found out whether it was done when its answer was lost. One commit uses it at a
// time.
type slot struct {
	key      string
	modified int64 // the revision at which it was written last; 0 if never
	lease    clientv3.LeaseID
}

// commitPatience is how long the answer to a commit is waited for before its slot is
// looked at.
const commitPatience = time.Second

// mostWritten is how much a transaction may write, in bytes: etcd takes 1.5 MiB with
// all that it is told beside.
const mostWritten = 1<<20 + 1<<18

// commit writes what the transaction wrote, if nothing has changed of what it read,
// and tells whether that was so. What is decided is done: it does not end with the
// context.
func (t *transaction) commit() (done bool, err error) {
	if len(t.Writes) == 0 {
		return true, nil // it saw one revision, and changes nothing
	}
	if t.revision == 0 { // it read nothing: but it must know where to write
		if t.read("none/none"); t.Err() != nil {
			return false, t.Err()
		}
	}
	if err := t.Context.Err(); err != nil {
		return false, err
	}
	writes, size := t.Writes.Under("", ""), 0
	for _, w := range writes {
		if size += len(w.Key) + len(w.Value); size > mostWritten {
			return false, fmt.Errorf("%w: and too many bytes", kvdb.ErrTooLarge)
		}
	}
	return t.engine.commit(t.Context, t.unchanged(), operations(t.engine.data(t.generation), writes))
}

// unchanged compares that nothing has changed since the revision of the transaction
// of what it read: neither the generation, nor a key, nor what is in a span. What
// was removed from one shows at the keys that were found in it.
func (t *transaction) unchanged() []clientv3.Cmp {
	at := t.engine.data(t.generation)
	compares := []clientv3.Cmp{clientv3.Compare(clientv3.ModRevision(t.engine.root+"generation"), "=", t.chosen)}
	for key, f := range t.found {
		compares = append(compares, clientv3.Compare(clientv3.ModRevision(at+key), "=", f.modified))
	}
	for _, s := range widest(t.spans) {
		c := clientv3.Compare(clientv3.ModRevision(at+s.from), "<", t.revision+1)
		compares = append(compares, c.WithRange(at+s.until))
	}
	return compares
}

// widest leaves one span for each place where several begin.
func widest(spans []span) map[string]span {
	all := map[string]span{}
	for _, s := range spans {
		if s.until > s.from && s.until > all[s.from].until {
			all[s.from] = s
		}
	}
	return all
}

// commit does ops if everything compares, and tells whether it did.
func (e *Engine) commit(ctx context.Context, compares []clientv3.Cmp, ops []clientv3.Op) (done bool, err error) {
	lease, err := e.leased(ctx)
	if err != nil {
		return false, err
	}
	var s *slot
	select {
	case s = <-e.slots:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	defer func() { e.slots <- s }()
	if s.lease != lease { // it went with the one that it had
		s.lease, s.modified = lease, 0
	}
	patient, cancel := e.patient(context.WithoutCancel(ctx), commitPatience)
	defer cancel()
	mark := rand.Text()
	answer, err := e.client.Txn(patient).
		If(append(compares, s.unused())...).
		Then(append(ops, clientv3.OpPut(s.key, mark, clientv3.WithLease(lease)))...).
		Else(clientv3.OpGet(s.key)).Commit()
	switch {
	case err == nil && answer.Succeeded:
		s.modified = answer.Header.Revision
		return true, nil
	case err == nil:
		s.look(answer)
		return false, nil
	case errors.Is(err, rpctypes.ErrLeaseNotFound): // the cluster was away for longer than it lasts
		e.lost(lease)
		return false, nil
	case errors.Is(err, rpctypes.ErrTooManyRequests): // which it did not even look at
		return false, nil
	case refused(err):
		return false, fmt.Errorf("commit: %w", err)
	}
	return e.settle(ctx, s, mark, err)
}

// unused compares that nobody used the slot since this engine did.
func (s *slot) unused() clientv3.Cmp {
	return clientv3.Compare(clientv3.ModRevision(s.key), "=", s.modified)
}

// look sees how the slot is, which is gone if its lease ended.
func (s *slot) look(answer *clientv3.TxnResponse) (mark string) {
	s.modified = 0
	for _, kv := range answer.Responses[0].GetResponseRange().Kvs {
		s.modified, mark = kv.ModRevision, string(kv.Value)
	}
	return mark
}

// settle finds out whether a commit was done whose answer was lost: by using its slot
// for something else, after which it cannot be done any more. It is never done again
// blindly, since then it could be done twice. A slot that is gone went with its lease,
// and says nothing.
func (e *Engine) settle(ctx context.Context, s *slot, mark string, cause error) (done bool, err error) {
	answer, err := e.do(context.WithoutCancel(ctx), clientv3.OpTxn(
		[]clientv3.Cmp{s.unused()},
		[]clientv3.Op{clientv3.OpPut(s.key, "", clientv3.WithLease(s.lease))},
		[]clientv3.Op{clientv3.OpGet(s.key)},
	))
	switch {
	case err == nil && answer.Txn().Succeeded:
		s.modified = answer.Txn().Header.Revision
		return false, nil
	case err == nil && s.look(answer.Txn()) == mark:
		return true, nil
	case err == nil && s.modified != 0: // an earlier attempt to settle it was answered by nobody
		return false, nil
	case errors.Is(err, rpctypes.ErrLeaseNotFound):
		e.lost(s.lease)
	}
	return false, errors.Join(kvdb.ErrUnsettled, fmt.Errorf("commit: %w", cause))
}

// refused tells whether the cluster said that it did not do what it was asked for,
// and would not if it was asked again.
func refused(err error) bool {
	var said rpctypes.EtcdError
	if !errors.As(rpctypes.Error(err), &said) {
		return false
	}
	switch said.Code() {
	case codes.InvalidArgument, codes.NotFound, codes.PermissionDenied, codes.Unauthenticated, codes.ResourceExhausted,
		codes.FailedPrecondition, codes.OutOfRange:
		return true
	}
	return false
}
