package etcd

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

// How much goes into one of etcd's transactions, of which 128 operations and 1.5 MiB
// are the most.
const (
	loadKeys = kvdb.MaxKeys
	loadSize = 1 << 20 // bytes
)

// Load implements [kvdb.Engine]. It writes one transaction after the other, so that
// an interrupted one leaves the first entries.
func (e *Engine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	done, err := e.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	l := &loader{ctx: ctx, write: func(chunk []kvdb.Entry) error { return e.put(ctx, chunk) }}
	for key, value := range entries {
		if err := l.add(kvdb.Entry{Key: key, Value: bytes.Clone(value)}); err != nil {
			return err
		}
	}
	return l.flush()
}

// put writes a chunk into the generation that counts.
func (e *Engine) put(ctx context.Context, chunk []kvdb.Entry) error {
	return tries(ctx, func() (done bool, err error) {
		t := e.update(ctx)
		defer t.end()
		if t.read("none/none"); t.Err() != nil { // the generation
			return false, t.Err()
		}
		return e.commit(ctx, t.unchanged(), operations(e.data(t.generation), chunk))
	})
}

func operations(at string, chunk []kvdb.Entry) (ops []clientv3.Op) {
	for _, w := range chunk {
		if w.Value == nil {
			ops = append(ops, clientv3.OpDelete(at+w.Key))
		} else {
			ops = append(ops, clientv3.OpPut(at+w.Key, string(w.Value)))
		}
	}
	return ops
}

// A loader gathers entries into transactions. After a failure it writes nothing more.
type loader struct {
	ctx   context.Context
	write func(chunk []kvdb.Entry) error
	chunk []kvdb.Entry
	has   map[string]bool // keys of the chunk: etcd takes none twice
	size  int             // bytes
	err   error
}

// add takes an entry, whose value it keeps.
func (l *loader) add(w kvdb.Entry) error {
	if l.err == nil {
		if err := check(w); err != nil {
			l.err = fmt.Errorf("load: %w", err)
		}
	}
	size := len(w.Key) + len(w.Value)
	if len(l.chunk) == loadKeys || l.size+size > loadSize || l.has[w.Key] {
		l.flush()
	}
	if l.err != nil {
		return l.err
	}
	if l.has == nil {
		l.has = map[string]bool{}
	}
	l.chunk, l.has[w.Key], l.size = append(l.chunk, w), true, l.size+size
	return nil
}

// flush writes what is left.
func (l *loader) flush() error {
	if l.err == nil {
		l.err = l.ctx.Err()
	}
	if l.err == nil && len(l.chunk) > 0 {
		l.err = l.write(l.chunk)
	}
	l.chunk, l.has, l.size = l.chunk[:0], nil, 0
	return l.err
}
