package etcd

import (
	"context"
	"fmt"

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"
)

// Check implements [store.Engine]. It compares what the members have, by a hash of
// all that there was at one revision, and tells of what they complain about
// themselves.
func (e *Engine) Check(ctx context.Context, found func(damage error)) error {
	done, err := e.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	alarms, err := e.client.AlarmList(ctx)
	if err != nil {
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
	return e.compare(ctx, found)
}

// compare compares the hashes of the members. One that cannot be asked is no damage,
// but not all could be looked at.
func (e *Engine) compare(ctx context.Context, found func(damage error)) error {
	now, err := e.client.Get(ctx, e.root+"generation")
	if err != nil {
		return fmt.Errorf("ask the cluster: %w", err)
	}
	hashes := map[int64]map[uint32]bool{} // by the revision from which on history is kept
	for _, member := range e.client.Endpoints() {
		h, err := e.client.HashKV(ctx, member, now.Header.Revision)
		if err != nil {
			return fmt.Errorf("ask a member for its hash: %w", err)
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
