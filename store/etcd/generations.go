package etcd

import (
	"context"
	"fmt"
	"strings"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"
)

// parseGeneration returns the name of the current generation of the data, which is empty for the first one, and the revision
// at which that generation became current.
func parseGeneration(kvs []*mvccpb.KeyValue) (name string, chosen int64) {
	if len(kvs) == 0 {
		return "", 0
	}
	return string(kvs[0].Value), kvs[0].ModRevision
}

// generationPrefix returns the prefix of all keys of a generation.
func (c *cluster) generationPrefix(generation string) string {
	return c.keyPrefix + "data/" + generation + "/"
}

// fillingKey returns the key of the mark that says that a generation is being filled.
func (c *cluster) fillingKey(name string) string { return c.keyPrefix + "filling/" + name }

// clearOtherGenerations deletes all generations of the data except the current one and those that are being filled.
func (c *cluster) clearOtherGenerations(ctx context.Context) error {
	at := c.keyPrefix + "data/"
	for from, until := at, clientv3.GetPrefixRangeEnd(at); ; {
		next, err := c.doWithRetry(ctx, clientv3.OpGet(from, clientv3.WithRange(until), clientv3.WithLimit(1), clientv3.WithKeysOnly()))
		if err != nil {
			return fmt.Errorf("look for generations: %w", err)
		}
		if len(next.Get().Kvs) == 0 {
			return nil
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(string(next.Get().Kvs[0].Key), at), "/")
		if err := c.clearGeneration(ctx, name); err != nil {
			return err
		}
		from = clientv3.GetPrefixRangeEnd(c.generationPrefix(name))
	}
}

// clearBatchSize is the number of keys to delete in one request. It is small, so that other requests wait only briefly.
const clearBatchSize = 2000

// clearGeneration deletes the data of a generation, if the generation is abandoned.
func (c *cluster) clearGeneration(ctx context.Context, name string) error {
	more, err := c.isAbandoned(ctx, name)
	for err == nil && more {
		more, err = c.clearBatch(ctx, c.generationPrefix(name))
	}
	if err != nil {
		return fmt.Errorf("clear a generation: %w", err)
	}
	return nil
}

// isAbandoned reports whether a generation is neither the current one nor being filled.
func (c *cluster) isAbandoned(ctx context.Context, name string) (bool, error) {
	answer, err := c.doWithRetry(ctx, clientv3.OpTxn(nil, []clientv3.Op{clientv3.OpGet(c.keyPrefix + "generation"), clientv3.OpGet(c.fillingKey(name))}, nil))
	if err != nil {
		return false, err
	}
	said := answer.Txn().Responses
	counts, _ := parseGeneration(said[0].GetResponseRange().Kvs)
	return counts != name && len(said[1].GetResponseRange().Kvs) == 0, nil
}

// clearBatch deletes the first keys under a prefix, and reports whether there were any.
func (c *cluster) clearBatch(ctx context.Context, at string) (more bool, err error) {
	answer, err := c.doWithRetry(ctx, clientv3.OpGet(at, clientv3.WithPrefix(), clientv3.WithLimit(clearBatchSize), clientv3.WithKeysOnly()))
	if err != nil || len(answer.Get().Kvs) == 0 {
		return false, err
	}
	some := answer.Get().Kvs
	last := string(some[len(some)-1].Key)
	_, err = c.doWithRetry(ctx, clientv3.OpDelete(at, clientv3.WithRange(last+"\x00")))
	return true, err
}
