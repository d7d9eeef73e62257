package etcd

import (
	"context"
	"fmt"
	"strings"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"
)

// generationIn is the generation that counts: the first one has no name.
func generationIn(kvs []*mvccpb.KeyValue) (name string, chosen int64) {
	if len(kvs) == 0 {
		return "", 0
	}
	return string(kvs[0].Value), kvs[0].ModRevision
}

// data is the prefix of a generation.
func (c *cluster) data(generation string) string { return c.root + "data/" + generation + "/" }

// filling is the key that says that a generation is being filled.
func (c *cluster) filling(name string) string { return c.root + "filling/" + name }

// clearOthers takes away every generation but the one that counts, and those that
// somebody fills.
func (c *cluster) clearOthers(ctx context.Context) error {
	at := c.root + "data/"
	for from, until := at, clientv3.GetPrefixRangeEnd(at); ; {
		next, err := c.do(ctx, clientv3.OpGet(from, clientv3.WithRange(until), clientv3.WithLimit(1), clientv3.WithKeysOnly()))
		if err != nil {
			return fmt.Errorf("look for generations: %w", err)
		}
		if len(next.Get().Kvs) == 0 {
			return nil
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(string(next.Get().Kvs[0].Key), at), "/")
		if err := c.clear(ctx, name); err != nil {
			return err
		}
		from = clientv3.GetPrefixRangeEnd(c.data(name))
	}
}

// clearAtOnce is how many keys are deleted at once, so that others hardly wait.
const clearAtOnce = 2000

// clear takes away a generation, if it does not count and never will.
func (c *cluster) clear(ctx context.Context, name string) error {
	more, err := c.dead(ctx, name)
	for err == nil && more {
		more, err = c.clearSome(ctx, c.data(name))
	}
	if err != nil {
		return fmt.Errorf("clear a generation: %w", err)
	}
	return nil
}

// dead reports whether a generation does not count and never will.
func (c *cluster) dead(ctx context.Context, name string) (bool, error) {
	answer, err := c.do(ctx, clientv3.OpTxn(nil, []clientv3.Op{clientv3.OpGet(c.root + "generation"), clientv3.OpGet(c.filling(name))}, nil))
	if err != nil {
		return false, err
	}
	said := answer.Txn().Responses
	counts, _ := generationIn(said[0].GetResponseRange().Kvs)
	return counts != name && len(said[1].GetResponseRange().Kvs) == 0, nil
}

// clearSome deletes the first keys under a prefix, and reports whether there were any.
func (c *cluster) clearSome(ctx context.Context, at string) (more bool, err error) {
	answer, err := c.do(ctx, clientv3.OpGet(at, clientv3.WithPrefix(), clientv3.WithLimit(clearAtOnce), clientv3.WithKeysOnly()))
	if err != nil || len(answer.Get().Kvs) == 0 {
		return false, err
	}
	some := answer.Get().Kvs
	last := string(some[len(some)-1].Key)
	_, err = c.do(ctx, clientv3.OpDelete(at, clientv3.WithRange(last+"\x00")))
	return true, err
}
