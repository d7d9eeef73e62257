package etcd

import (
	"context"
	"crypto/rand"
	"fmt"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

// Replace implements [kvdb.Engine]. It fills a new generation of the data, and then makes that generation the current one. If
// a process dies in a Replace, the next Replace or Scrub deletes the data that it left behind.
//
// A mark in the cluster says that a generation is being filled. Every write to the generation checks that the mark exists, and
// making the generation current deletes the mark. So a generation that has no mark and is not current can never become
// current, and can be deleted.
func (e *Engine) Replace(ctx context.Context, fill func(put func(string, []byte) error) error) error {
	done, err := e.beginTransaction(ctx)
	if err != nil {
		return err
	}
	defer done()
	name := rand.Text()[:10]
	chosen := false
	defer func() {
		if !chosen { // The new generation is removed even if fill panics.
			// If this fails, the next Replace or Scrub removes the generation.
			_ = e.removeGeneration(context.WithoutCancel(ctx), name)
		}
	}()
	if err := e.fillGeneration(ctx, name, fill); err != nil {
		return err
	}
	if err := e.makeGenerationCurrent(ctx, name); err != nil {
		return err
	}
	chosen = true
	_ = e.clearOtherGenerations(ctx) // If this fails, the next Replace or Scrub deletes the old generation.
	return nil
}

// commitToFilling performs ops for a Replace that fills the generation name. It returns an error if another process has
// deleted the generation's mark.
func (e *Engine) commitToFilling(ctx context.Context, name string, ops []clientv3.Op) error {
	marked := []clientv3.Cmp{clientv3.Compare(clientv3.CreateRevision(e.fillingKey(name)), ">", 0)}
	return retryConflicts(ctx, func() (done bool, err error) {
		if done, err = e.commitOperations(ctx, marked, ops); done || err != nil {
			return done, err
		}
		dead, err := e.isAbandoned(ctx, name)
		if dead {
			err = fmt.Errorf("%w: the new data was taken for left behind", kvdb.ErrTooManyConflicts)
		}
		return false, err
	})
}

// fillGeneration puts the entries from fill into a new generation.
func (e *Engine) fillGeneration(ctx context.Context, name string, fill func(put func(string, []byte) error) error) error {
	if err := retryConflicts(ctx, func() (done bool, err error) {
		lease, err := e.leaseID(ctx)
		if err != nil {
			return false, err
		}
		return e.commitOperations(ctx, nil, []clientv3.Op{clientv3.OpPut(e.fillingKey(name), "", clientv3.WithLease(lease))})
	}); err != nil {
		return fmt.Errorf("begin a generation: %w", err)
	}
	l := &bulkLoader{ctx: ctx, write: func(chunk []kvdb.Entry) error {
		return e.commitToFilling(ctx, name, putOperations(e.generationPrefix(name), chunk))
	}}
	put := func(key string, value []byte) error {
		return l.addEntry(kvdb.Entry{Key: key, Value: append([]byte{}, value...)})
	}
	if err := fill(put); err != nil {
		return err
	}
	return l.flushEntries()
}

// makeGenerationCurrent makes a generation the current one.
func (e *Engine) makeGenerationCurrent(ctx context.Context, name string) error {
	return e.commitToFilling(ctx, name, []clientv3.Op{
		clientv3.OpPut(e.keyPrefix+"generation", name), clientv3.OpDelete(e.fillingKey(name)),
	})
}

// removeGeneration deletes a generation, unless it has become the current one after all.
func (e *Engine) removeGeneration(ctx context.Context, name string) error {
	if _, err := e.doWithRetry(ctx, clientv3.OpDelete(e.fillingKey(name))); err != nil {
		return fmt.Errorf("abandon a generation: %w", err)
	}
	return e.clearGeneration(ctx, name)
}
