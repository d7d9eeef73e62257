package flows

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// monday is when every test begins: a quarter past ten in Amsterdam.
var monday = time.Date(2027, 1, 4, 9, 15, 0, 0, time.UTC)

// testDesk is a desk whose clock, hasher and engine tell what was asked of them.
type testDesk struct {
	*desk.Desk
	engine *testEngine
	keys   *keyring.Keys
	clock  *testClock
	hasher *plainHasher
}

// newDesk opens a desk, with the cast of cast_test.go known to its store. The
// store lives as long as tb.
func newDesk(tb testing.TB) *testDesk {
	tb.Helper()
	d := openDesk(tb, filepath.Join(tb.TempDir(), "db"), bolt.Options{NoSync: true})
	tb.Cleanup(func() { d.Store.Close() })
	d.update(tb, putCast)
	return d
}

// openDesk makes a database at path, with nobody in it.
func openDesk(tb testing.TB, path string, o bolt.Options) *testDesk {
	tb.Helper()
	bolted, err := bolt.Create(path, o)
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := keyring.New()
	if err != nil {
		tb.Fatal(err)
	}
	return deskOver(tb, bolted, keys, monday)
}

// deskOver puts a desk before an engine.
func deskOver(tb testing.TB, e kvdb.Engine, keys *keyring.Keys, now time.Time) *testDesk {
	tb.Helper()
	d := &testDesk{engine: &testEngine{Engine: e}, keys: keys, clock: &testClock{now: now}, hasher: &plainHasher{}}
	clock := clock.Of(d.clock.Now, d.clock.wait)
	s, err := store.Open(tb.Context(), d.engine, keys, d.clock.tick)
	if err != nil {
		tb.Fatal(err)
	}
	random := &sharedReader{chacha: rand.NewChaCha8([32]byte{1})}
	d.Desk = &desk.Desk{Store: s, Clock: clock, Hasher: d.hasher, Random: random, Terminal: "Utrecht 1", Settings: desk.Defaults(), App: exampleApp}
	return d
}

// at is the same desk at another terminal.
func (d *testDesk) at(terminal string) *testDesk {
	other, inner := *d, *d.Desk
	inner.Terminal, other.Desk = terminal, &inner
	return &other
}

func (d *testDesk) update(tb testing.TB, fn func(*store.Tx)) {
	tb.Helper()
	if err := d.Store.Update(tb.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		tb.Fatal(err)
	}
}

func (d *testDesk) view(tb testing.TB, fn func(*store.Tx)) {
	tb.Helper()
	if err := d.Store.View(tb.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		tb.Fatal(err)
	}
}

// audited is the audit log, oldest first.
func (d *testDesk) audited(tb testing.TB) (entries []store.AuditEntry) {
	tb.Helper()
	d.view(tb, func(tx *store.Tx) { entries = collect(auditlog.All(tx)) })
	return entries
}

// outbox is what waits to leave, oldest first, and in order of customers and products what
// was put there at once.
func (d *testDesk) outbox(tb testing.TB) (messages []store.Message) {
	tb.Helper()
	d.view(tb, func(tx *store.Tx) { messages = collect(tx.Messages()) })
	slices.SortFunc(messages, func(a, b store.Message) int {
		return cmp.Or(a.Written.Compare(b.Written), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Facts["product"], b.Facts["product"]))
	})
	return messages
}

func collect[T any](seq iter.Seq[T]) (all []T) {
	for one := range seq {
		all = append(all, one)
	}
	return all
}

// dump is everything in the store, as the engine has it.
func (d *testDesk) dump(tb testing.TB) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := d.engine.View(tb.Context(), func(kv kvdb.KV) error {
		for _, table := range append([]string{"meta"}, store.Tables...) {
			for key, value := range kv.Scan(table + "/") {
				fmt.Fprintf(&b, "%d %s %d %s\n", len(key), key, len(value), value)
			}
		}
		return nil
	}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// must submits answers, given as name, value, name, value, that the fields take.
func must(tb testing.TB, f *flow.Flow, answers ...string) *flow.Flow {
	tb.Helper()
	if err := f.Submit(tb.Context(), answersOf(answers...)); err != nil {
		tb.Fatalf("%s, %s: %v", f.Name, f.At(), err)
	}
	return f
}

func answersOf(pairs ...string) map[string]string {
	answers := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		answers[pairs[i]] = pairs[i+1]
	}
	return answers
}

// logIn tries a password on a new visit, and tells where that led.
func (d *testDesk) logIn(tb testing.TB, username, password string) *flow.Flow {
	tb.Helper()
	return must(tb, LogIn(flow.NewVisit(d.Desk)), "username", username, "password", password)
}

// outcome is the newest entry in the audit log.
func (d *testDesk) outcome(tb testing.TB) flow.Outcome {
	tb.Helper()
	entries := d.audited(tb)
	if len(entries) == 0 {
		return ""
	}
	return flow.Outcome(entries[len(entries)-1].Outcome)
}

// testClock stands still, but for who moves it or waits on it.
type testClock struct {
	mu     sync.Mutex
	now    time.Time
	waited []time.Duration
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// tick gives each transaction an instant of its own, so that the audit log and
// the outbox have an order.
func (c *testClock) tick() time.Time {
	c.pass(time.Microsecond)
	return c.Now()
}

func (c *testClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *testClock) wait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.waited = append(c.waited, d)
	return ctx.Err()
}

// waits are those since it was last asked.
func (c *testClock) waits() (waited []time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	waited, c.waited = c.waited, nil
	return waited
}

// plainHasher stands in for Argon2id, which would make thousands of walks slow.
type plainHasher struct {
	hashed atomic.Int64
	takes  func() // what happens during each hash, if anything
}

func plain(password string) string { return "plain:" + password }

func (h *plainHasher) work() {
	h.hashed.Add(1)
	if h.takes != nil {
		h.takes()
	}
}

func (h *plainHasher) Hash(_ context.Context, password string) (string, error) {
	h.work()
	return plain(password), nil
}

func (h *plainHasher) Match(_ context.Context, password, hash string) (bool, error) {
	h.work()
	return hash == plain(password) || hash == "older:"+password, nil
}

func (h *plainHasher) Outdated(hash string) bool { return !strings.HasPrefix(hash, "plain:") }

// testEngine counts what is written through it.
type testEngine struct {
	kvdb.Engine
	commits, writes atomic.Int64
}

func (e *testEngine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	e.commits.Add(1)
	return e.Engine.Update(ctx, func(kv kvdb.KV) error { return fn(countingKV{kv, &e.writes}) })
}

type countingKV struct {
	kvdb.KV
	writes *atomic.Int64
}

func (kv countingKV) Put(key string, value []byte) {
	kv.writes.Add(1)
	kv.KV.Put(key, value)
}

func (kv countingKV) Delete(key string) {
	kv.writes.Add(1)
	kv.KV.Delete(key)
}

// sharedReader is the same randomness in every run, for any number of terminals.
type sharedReader struct {
	mu     sync.Mutex
	chacha *rand.ChaCha8
}

func (r *sharedReader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.chacha.Read(p)
}
