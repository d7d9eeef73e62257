package flowtest

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

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// Monday is when every test begins: a quarter past ten in Amsterdam.
var Monday = time.Date(2027, 1, 4, 9, 15, 0, 0, time.UTC)

// Desk is a desk whose clock, hasher and engine tell what was asked of them.
type Desk struct {
	*desk.Desk
	Engine     *Engine
	Keys       *keyring.Keys
	TestClock  *Clock
	TestHasher *Hasher
	breaks     *breaks
}

// New opens a desk, with the cast of cast_test.go known to its store. The
// store lives as long as tb.
func New(tb testing.TB) *Desk {
	tb.Helper()
	d := Open(tb, filepath.Join(tb.TempDir(), "db"), bolt.Options{NoSync: true})
	tb.Cleanup(func() { d.Store.Close() })
	d.Update(tb, PutCast)
	return d
}

// Open makes a database at path, with nobody in it.
func Open(tb testing.TB, path string, o bolt.Options) *Desk {
	tb.Helper()
	bolted, err := bolt.Create(path, o)
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := keyring.New()
	if err != nil {
		tb.Fatal(err)
	}
	return Over(tb, bolted, keys, Monday)
}

// Over puts a desk before an engine.
func Over(tb testing.TB, e kvdb.Engine, keys *keyring.Keys, now time.Time) *Desk {
	tb.Helper()
	b := &breaks{}
	d := &Desk{Engine: &Engine{Engine: e, breaks: b}, Keys: keys, TestClock: &Clock{now: now}, TestHasher: &Hasher{breaks: b}, breaks: b}
	clock := clock.Of(d.TestClock.Now, d.TestClock.wait)
	s, err := store.Open(tb.Context(), d.Engine, keys, d.TestClock.tick)
	if err != nil {
		tb.Fatal(err)
	}
	random := &sharedReader{chacha: rand.NewChaCha8([32]byte{1})}
	d.Desk = &desk.Desk{Store: s, Clock: clock, Hasher: d.TestHasher, Random: random, Terminal: "Utrecht 1", Settings: desk.Defaults(), App: App}
	return d
}

// AtTerminal is the same desk at another terminal.
func (d *Desk) AtTerminal(terminal string) *Desk {
	other, inner := *d, *d.Desk
	inner.Terminal, other.Desk = terminal, &inner
	return &other
}

func (d *Desk) Update(tb testing.TB, fn func(*store.Tx)) {
	tb.Helper()
	if err := d.Store.Update(tb.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		tb.Fatal(err)
	}
}

func (d *Desk) View(tb testing.TB, fn func(*store.Tx)) {
	tb.Helper()
	if err := d.Store.View(tb.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		tb.Fatal(err)
	}
}

// Audited is the audit log, oldest first.
func (d *Desk) Audited(tb testing.TB) (entries []store.AuditEntry) {
	tb.Helper()
	d.View(tb, func(tx *store.Tx) { entries = Collect(auditlog.All(tx)) })
	return entries
}

// Outbox is what waits to leave, oldest first, and in order of customers and products what
// was put there at once.
func (d *Desk) Outbox(tb testing.TB) (messages []store.Message) {
	tb.Helper()
	d.View(tb, func(tx *store.Tx) { messages = Collect(tx.Messages()) })
	slices.SortFunc(messages, func(a, b store.Message) int {
		return cmp.Or(a.Written.Compare(b.Written), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Facts["product"], b.Facts["product"]))
	})
	return messages
}

func Collect[T any](seq iter.Seq[T]) (all []T) {
	for one := range seq {
		all = append(all, one)
	}
	return all
}

// Dump is everything in the store, as the engine has it.
func (d *Desk) Dump(tb testing.TB) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := d.Engine.View(tb.Context(), func(kv kvdb.KV) error {
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

// Must submits answers, given as name, value, name, value, that the fields take.
func Must(tb testing.TB, f *flow.Flow, answers ...string) *flow.Flow {
	tb.Helper()
	if err := f.Submit(tb.Context(), Answers(answers...)); err != nil {
		tb.Fatalf("%s, %s: %v", f.Name, f.At(), err)
	}
	return f
}

func Answers(pairs ...string) map[string]string {
	answers := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		answers[pairs[i]] = pairs[i+1]
	}
	return answers
}

// LogIn tries a password on a new visit, and tells where that led.
func (d *Desk) LogIn(tb testing.TB, username, password string) *flow.Flow {
	tb.Helper()
	return Must(tb, flows.LogIn(flow.NewVisit(d.Desk)), "username", username, "password", password)
}

// Outcome is the newest entry in the audit log.
func (d *Desk) Outcome(tb testing.TB) flow.Outcome {
	tb.Helper()
	entries := d.Audited(tb)
	if len(entries) == 0 {
		return ""
	}
	return flow.Outcome(entries[len(entries)-1].Outcome)
}

// Clock stands still, but for who moves it or waits on it.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	waited []time.Duration
}

func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// tick gives each transaction an instant of its own, so that the audit log and
// the outbox have an order.
func (c *Clock) tick() time.Time {
	c.Pass(time.Microsecond)
	return c.Now()
}

func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *Clock) wait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.waited = append(c.waited, d)
	return ctx.Err()
}

// Waits are those since it was last asked.
func (c *Clock) Waits() (waited []time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	waited, c.waited = c.waited, nil
	return waited
}

// Hasher stands in for Argon2id, which would make thousands of walks slow.
type Hasher struct {
	Hashed atomic.Int64
	Takes  func() // what happens during each hash, if anything
	breaks *breaks
}

func Hashed(password string) string { return "plain:" + password }

func (h *Hasher) work() {
	h.Hashed.Add(1)
	if h.Takes != nil {
		h.Takes()
	}
}

func (h *Hasher) Hash(_ context.Context, password string) (string, error) {
	h.work()
	return Hashed(password), h.breaks.asked()
}

func (h *Hasher) Match(_ context.Context, password, hash string) (bool, error) {
	h.work()
	return hash == Hashed(password) || hash == "older:"+password, h.breaks.asked()
}

func (h *Hasher) Outdated(hash string) bool { return !strings.HasPrefix(hash, "plain:") }

// Engine counts what is written through it.
type Engine struct {
	kvdb.Engine
	Commits, Writes atomic.Int64
	breaks          *breaks
	began           func() // told of each update; may be nil
}

// View implements kvdb.Engine.
func (e *Engine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	if err := e.breaks.asked(); err != nil {
		return err
	}
	return e.Engine.View(ctx, fn)
}

// Update implements kvdb.Engine.
func (e *Engine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if err := e.breaks.asked(); err != nil {
		return err
	}
	if e.began != nil {
		e.began()
	}
	e.Commits.Add(1)
	return e.Engine.Update(ctx, func(kv kvdb.KV) error { return fn(countingKV{kv, &e.Writes}) })
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
