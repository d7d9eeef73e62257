package etcd

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Replace implements [store.Engine]. It fills a generation that nobody reads, and has
// that count in place of the one that did. What was left by one that died goes with
// the next.
func (e *Engine) Replace(ctx context.Context, fill func(put func(string, []byte) error) error) error {
	done, err := e.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	name := rand.Text()[:10]
	filled := false
	defer func() {
		if !filled { // also when fill panics
			_ = e.clear(context.WithoutCancel(ctx), name) // or else with the next Replace
		}
	}()
	if err := e.fill(ctx, name, fill); err != nil {
		return err
	}
	if err := e.choose(ctx, name); err != nil {
		return err
	}
	filled = true
	return e.clearOthers(ctx, name)
}

// fill puts entries into a generation that does not count.
func (e *Engine) fill(ctx context.Context, name string, fill func(put func(string, []byte) error) error) error {
	if _, err := e.client.Put(ctx, e.root+"filling/"+name, "", e.leased()); err != nil {
		return fmt.Errorf("begin a generation: %w", err)
	}
	l := &loader{ctx: ctx, write: func(chunk []write) error {
		_, err := e.commit(ctx, nil, operations(e.data(name), chunk))
		return err
	}}
	put := func(key string, value []byte) error { return l.add(write{key, append([]byte{}, value...)}) }
	if err := fill(put); err != nil {
		return err
	}
	return l.flush()
}

// choose has a generation count.
func (e *Engine) choose(ctx context.Context, name string) error {
	for range mostTries {
		done, err := e.commit(ctx, nil, []clientv3.Op{
			clientv3.OpPut(e.root+"generation", name), clientv3.OpDelete(e.root + "filling/" + name),
		})
		if done || err != nil {
			return err
		}
	}
	return errLost
}

// clearOthers takes away every generation but one, and those that somebody fills.
func (e *Engine) clearOthers(ctx context.Context, counts string) error {
	at := e.root + "data/"
	for from, until := at, clientv3.GetPrefixRangeEnd(at); ; {
		next, err := e.client.Get(ctx, from, clientv3.WithRange(until), clientv3.WithLimit(1), clientv3.WithKeysOnly())
		if err != nil || len(next.Kvs) == 0 {
			return err
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(string(next.Kvs[0].Key), at), "/")
		from = clientv3.GetPrefixRangeEnd(e.data(name))
		filling, err := e.client.Get(ctx, e.root+"filling/"+name, clientv3.WithCountOnly())
		if err != nil {
			return err
		}
		if name != counts && filling.Count == 0 {
			if err := e.clear(ctx, name); err != nil {
				return err
			}
		}
	}
}

// clearAtOnce is how many keys are deleted at once, so that others hardly wait.
const clearAtOnce = 2000

// clear takes away a generation that does not count.
func (e *Engine) clear(ctx context.Context, name string) error {
	at := e.data(name)
	until := clientv3.GetPrefixRangeEnd(at)
	for {
		some, err := e.client.Get(ctx, at, clientv3.WithRange(until), clientv3.WithLimit(clearAtOnce), clientv3.WithKeysOnly())
		if err != nil {
			return fmt.Errorf("clear a generation: %w", err)
		}
		if len(some.Kvs) == 0 {
			break
		}
		last := string(some.Kvs[len(some.Kvs)-1].Key)
		if _, err := e.client.Delete(ctx, at, clientv3.WithRange(last+"\x00")); err != nil {
			return fmt.Errorf("clear a generation: %w", err)
		}
	}
	if _, err := e.client.Delete(ctx, e.root+"filling/"+name); err != nil {
		return fmt.Errorf("clear a generation: %w", err)
	}
	return nil
}
