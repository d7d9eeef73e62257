package etcd

import (
	"context"
	"errors"
	"fmt"
	"time"

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
)

// Check implements [kvdb.Engine]. It compares hashes of the members' data at one revision, and reports the alarms of the
// members.
func (e *Engine) Check(ctx context.Context, found func(damage error)) error {
	done, err := e.beginTransaction(ctx)
	if err != nil {
		return err
	}
	defer done()
	var alarms *clientv3.AlarmResponse
	if err := e.retryOnMembers(ctx, func(ctx context.Context) (err error) {
		alarms, err = e.client.AlarmList(ctx)
		return err
	}); err != nil {
		return fmt.Errorf("ask the cluster for its alarms: %w", err)
	}
	for _, a := range alarms.Alarms {
		if a.Alarm == pb.AlarmType_CORRUPT {
			found(fmt.Errorf("member %x says that its data is damaged", a.MemberID))
		}
		if a.Alarm == pb.AlarmType_NOSPACE {
			found(fmt.Errorf("member %x has no room left: it takes no more writes", a.MemberID))
		}
	}
	return e.compareMembers(ctx, found)
}

// compareMembers compares the hashes of all members' data. It returns an error, and does not report damage, if a member does
// not answer.
func (e *Engine) compareMembers(ctx context.Context, found func(damage error)) error {
	now, err := e.doWithRetry(ctx, clientv3.OpGet(e.keyPrefix+"generation"))
	if err != nil {
		return fmt.Errorf("ask the cluster: %w", err)
	}
	hashes := map[int64]map[uint32]bool{} // Only hashes of members with the same oldest revision can be compared.
	for _, member := range e.client.Endpoints() {
		h, err := e.memberHash(ctx, member, now.Get().Header.Revision)
		if err != nil {
			return fmt.Errorf("ask member %s for its hash: %w", member, err)
		}
		if hashes[h.CompactRevision] == nil {
			hashes[h.CompactRevision] = map[uint32]bool{}
		}
		if hashes[h.CompactRevision][h.Hash] = true; len(hashes[h.CompactRevision]) > 1 {
			found(fmt.Errorf("the members do not have the same data"))
			return nil
		}
	}
	return nil
}

// hashTimeout limits the time in which a member must hash all its data.
const hashTimeout = 2 * time.Minute

// memberHash asks a member for the hash of its data at a revision. If the member does not have that revision yet, memberHash
// asks again.
func (e *Engine) memberHash(ctx context.Context, member string, revision int64) (h *clientv3.HashKVResponse, err error) {
	bounded, cancel := e.withTimeout(ctx, hashTimeout)
	defer cancel()
	err = retryConflicts(bounded, func() (done bool, err error) {
		h, err = e.client.HashKV(bounded, member, revision)
		if errors.Is(err, rpctypes.ErrFutureRev) {
			return false, nil
		}
		return true, err
	})
	return h, err
}
