package transfer_test

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"loket/flows/transfer"
	"loket/store"
	"loket/store/bolt"
	"loket/store/kvdb"
)

// An import that stops after any number of entries leaves nothing that keeps
// the same import from completing it, over an older state or over none.
func TestInterrupted(t *testing.T) {
	base := anna + bram + policy + asks + number("A1", "K1", "000000000001", "2026-11-01")
	next := strings.Replace(anna, `"house_number":1`, `"house_number":3`, 1) + bram + joint + account("K1", "anna") + both +
		number("A1", "K1", "000000000002", "2026-11-09") + number("A1", "K2", "000000000003", "2026-11-09")
	for name, before := range map[string]string{"over nothing": "", "over an older import": base} {
		t.Run(name, func(t *testing.T) {
			s, engine := interruptible(t)
			mustTake(t, s, before)
			mustTake(t, s, next)
			want, all := look(t, s), engine.wrote
			for after := range all {
				s, engine := interruptible(t)
				mustTake(t, s, before)
				engine.breaks = after
				if _, err := take(t, s, next); !errors.Is(err, transfer.ErrUnfinished) || !errors.Is(err, errBroken) {
					t.Fatalf("after %d entries: %v", after, err)
				}
				engine.breaks = -1
				mustTake(t, s, next)
				same(t, fmt.Sprintf("after %d entries", after), look(t, s), want)
			}
		})
	}
}

func TestStoppedWhileReading(t *testing.T) {
	s := tempStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	hangs := &hanging{text: []byte(whole), then: cancel, released: make(chan struct{})}
	defer close(hangs.released)
	_, err := transfer.Import(ctx, deskOf(s), hangs, transfer.Options{})
	if !errors.Is(err, context.Canceled) || errors.Is(err, transfer.ErrUnfinished) {
		t.Errorf("error %v", err)
	}
	if e := look(t, s); len(e.Customers) > 0 {
		t.Error("something was stored")
	}
}

// hanging is a file that somebody never finishes typing.
type hanging struct {
	text     []byte
	then     func()
	released chan struct{}
}

func (h *hanging) Read(p []byte) (int, error) {
	if n := copy(p, h.text); n > 0 {
		h.text = h.text[n:]
		return n, nil
	}
	h.then()
	<-h.released
	return 0, errors.New("released")
}

func TestReadError(t *testing.T) {
	s := tempStore(t)
	broken := iterReader(func(yield func(string, error) bool) {
		_ = yield(anna, nil) && yield("", errors.New("disk on fire"))
	})
	if _, err := transfer.Import(t.Context(), deskOf(s), broken, transfer.Options{}); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("error %v", err)
	}
	if e := look(t, s); len(e.Customers) > 0 {
		t.Error("something was stored")
	}
}

// iterReader reads what a sequence yields.
func iterReader(seq iter.Seq2[string, error]) *pulled {
	next, _ := iter.Pull2(seq)
	return &pulled{next}
}

type pulled struct{ next func() (string, error, bool) }

func (r *pulled) Read(p []byte) (int, error) {
	text, err, _ := r.next()
	return copy(p, text), err
}

// brokenOff is an engine whose Load stops after so many entries, unless breaks is
// below zero, and that can be read so many times more, unless blind is.
type brokenOff struct {
	kvdb.Engine
	breaks, wrote, loads int
	blind                int
	views                atomic.Int64 // because an import reads in several goroutines
	updatesLeft          atomic.Int64 // updatesLeft is the number of Updates before the one that fails; negative means that no Update fails.
	meanwhile            func()       // meanwhile, unless it is nil, is called before the Update that would fail, which then succeeds.
}

func (b *brokenOff) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	b.loads++
	b.wrote = 0
	broken := false
	err := b.Engine.Load(ctx, func(yield func(string, []byte) bool) {
		for key, value := range entries {
			if broken = b.wrote == b.breaks; broken || !yield(key, value) {
				return
			}
			b.wrote++
		}
	})
	if err == nil && broken {
		err = errBroken
	}
	return err
}

func (b *brokenOff) View(ctx context.Context, fn func(kvdb.KV) error) error {
	if views := b.views.Add(1); b.blind >= 0 && views > int64(b.blind) {
		return errBroken
	}
	return b.Engine.View(ctx, fn)
}

func (b *brokenOff) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if b.updatesLeft.Add(-1) == -1 {
		if b.meanwhile == nil {
			return errBroken
		}
		b.meanwhile()
	}
	return b.Engine.Update(ctx, fn)
}

func interruptible(tb testing.TB) (*store.Store, *brokenOff) {
	tb.Helper()
	bolted, err := bolt.Create(filepath.Join(tb.TempDir(), "loket.db"), bolt.Options{NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	engine := &brokenOff{Engine: bolted, breaks: -1, blind: -1}
	engine.updatesLeft.Store(-1)
	return newStoreOver(tb, engine), engine
}
