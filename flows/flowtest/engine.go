package flowtest

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"loket/store/kvdb"
)

// Clock is a clock for tests. It stands still until a test advances it, or until the desk waits.
type Clock struct {
	mu    sync.Mutex
	now   time.Time
	waits []time.Duration
}

func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// advanceAndRead returns a different time for each transaction, so that entries in the audit log and the outbox have an order.
func (c *Clock) advanceAndRead() time.Time {
	c.Advance(time.Microsecond)
	return c.Now()
}

func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *Clock) recordWait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.waits = append(c.waits, d)
	return ctx.Err()
}

// TakeWaits returns the durations of all waits since the last call.
func (c *Clock) TakeWaits() (waited []time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	waited, c.waits = c.waits, nil
	return waited
}

// Hasher replaces Argon2id in tests, which would be too slow for thousands of hashes.
type Hasher struct {
	HashCount atomic.Int64
	OnHash    func() // OnHash is called during each hash; it may be nil.
	failures  *failCountdown
}

func FakeHash(password string) string { return "plain:" + password }

func (h *Hasher) countHash() {
	h.HashCount.Add(1)
	if h.OnHash != nil {
		h.OnHash()
	}
}

func (h *Hasher) Hash(_ context.Context, password string) (string, error) {
	h.countHash()
	return FakeHash(password), h.failures.countDownCall()
}

func (h *Hasher) Match(_ context.Context, password, hash string) (bool, error) {
	h.countHash()
	return hash == FakeHash(password) || hash == "older:"+password, h.failures.countDownCall()
}

func (h *Hasher) Outdated(hash string) bool { return !strings.HasPrefix(hash, "plain:") }

// CountingEngine counts the keys that are read and written through it. Each key counts once in a transaction.
type CountingEngine struct {
	kvdb.Engine
	Commits, Reads, Writes atomic.Int64
	failures               *failCountdown
	OnUpdate               func() // OnUpdate is called at each update; it may be nil.
	OnKey                  func() // OnKey is called when a transaction first reads or writes a key; it may be nil.
}

// View implements kvdb.Engine.
func (e *CountingEngine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	if err := e.failures.countDownCall(); err != nil {
		return err
	}
	return e.Engine.View(ctx, func(kv kvdb.KV) error { return fn(e.countKeys(kv)) })
}

// Update implements kvdb.Engine.
func (e *CountingEngine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if err := e.failures.countDownCall(); err != nil {
		return err
	}
	if e.OnUpdate != nil {
		e.OnUpdate()
	}
	e.Commits.Add(1)
	return e.Engine.Update(ctx, func(kv kvdb.KV) error { return fn(e.countKeys(kv)) })
}

func (e *CountingEngine) countKeys(kv kvdb.KV) countingKV {
	return countingKV{kv, e, map[string]bool{}, map[string]bool{}}
}

type countingKV struct {
	kvdb.KV
	engine                *CountingEngine
	readKeys, writtenKeys map[string]bool
}

func (kv countingKV) Get(key string) ([]byte, bool) {
	kv.countKeyOnce(kv.readKeys, &kv.engine.Reads, key)
	return kv.KV.Get(key)
}

func (kv countingKV) Put(key string, value []byte) {
	kv.countKeyOnce(kv.writtenKeys, &kv.engine.Writes, key)
	kv.KV.Put(key, value)
}

func (kv countingKV) Delete(key string) {
	kv.countKeyOnce(kv.writtenKeys, &kv.engine.Writes, key)
	kv.KV.Delete(key)
}

func (kv countingKV) countKeyOnce(seen map[string]bool, all *atomic.Int64, key string) {
	if seen[key] {
		return
	}
	seen[key] = true
	if all.Add(1); kv.engine.OnKey != nil {
		kv.engine.OnKey()
	}
}

// seededReader returns the same pseudorandom bytes in every run. Several goroutines can read from it.
type seededReader struct {
	mu     sync.Mutex
	chacha *rand.ChaCha8
}

func (r *seededReader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.chacha.Read(p)
}

// errInjected is the error of a call that a test makes fail on purpose.
var errInjected = errors.New("broken for a test")

// failCountdown makes the n-th call of the store or the hasher from now fail. The zero value makes no call fail.
type failCountdown struct{ left atomic.Int64 }

func (b *failCountdown) countDownCall() error {
	if b != nil && b.left.Add(-1) == 0 {
		return errInjected
	}
	return nil
}
