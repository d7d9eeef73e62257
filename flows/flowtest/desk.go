package flowtest

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
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

// Desk is a desk for tests. Its clock, hasher and database engine record their calls.
type Desk struct {
	*desk.Desk
	Engine     *CountingEngine
	Keys       *keyring.Keys
	TestClock  *Clock
	TestHasher *Hasher
	failures   *failCountdown
}

// New opens a desk that has the cast in its store. The store is closed when the test ends.
func New(tb testing.TB) *Desk {
	tb.Helper()
	d := Open(tb, filepath.Join(tb.TempDir(), "db"), bolt.Options{NoSync: true})
	tb.Cleanup(func() { d.Store.Close() })
	d.PutCast(tb)
	return d
}

// Open opens a desk on a new database at path, without customers.
func Open(tb testing.TB, path string, o bolt.Options) *Desk {
	tb.Helper()
	engine, err := bolt.Create(path, o)
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := keyring.NewInMemory()
	if err != nil {
		tb.Fatal(err)
	}
	return NewWithEngine(tb, engine, keys, StartTime)
}

// NewWithEngine returns a desk on a database engine.
func NewWithEngine(tb testing.TB, e kvdb.Engine, keys *keyring.Keys, now time.Time) *Desk {
	tb.Helper()
	b := &failCountdown{}
	d := &Desk{Engine: &CountingEngine{Engine: e, failures: b}, Keys: keys, TestClock: &Clock{now: now}, TestHasher: &Hasher{failures: b}, failures: b}
	clock := clock.NewFromFuncs(d.TestClock.Now, d.TestClock.recordWait)
	s, err := store.Open(tb.Context(), d.Engine, keys, d.TestClock.advanceAndRead)
	if err != nil {
		tb.Fatal(err)
	}
	random := &seededReader{chacha: rand.NewChaCha8([32]byte{1})}
	d.Desk = &desk.Desk{Store: s, Clock: clock, Hasher: d.TestHasher, Random: random, Terminal: "Utrecht 1", Settings: desk.DefaultSettings(), ResponseTimes: new(desk.ResponseTimes), App: TestApp}
	return d
}

// DeskAtTerminal returns the same desk at a different terminal.
func (d *Desk) DeskAtTerminal(terminal string) *Desk {
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

// AuditEntries returns the entries of the audit log, oldest first.
func (d *Desk) AuditEntries(tb testing.TB) (entries []store.AuditEntry) {
	tb.Helper()
	d.View(tb, func(tx *store.Tx) { entries = CollectAll(auditlog.AllEntries(tx)) })
	return entries
}

// OutboxMessages returns the waiting messages, oldest first. Messages of the same time are sorted by customer and product.
func (d *Desk) OutboxMessages(tb testing.TB) (messages []store.Message) {
	tb.Helper()
	d.View(tb, func(tx *store.Tx) { messages = CollectAll(tx.Messages()) })
	slices.SortFunc(messages, func(a, b store.Message) int {
		return cmp.Or(a.Written.Compare(b.Written), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Facts["product"], b.Facts["product"]))
	})
	return messages
}

func CollectAll[T any](seq iter.Seq[T]) (all []T) {
	for one := range seq {
		all = append(all, one)
	}
	return all
}

// DumpStore returns all records in the store, in the encoding of the database engine.
func (d *Desk) DumpStore(tb testing.TB) []byte {
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

// MustSubmit submits answers, given as name, value, name, value. It fails the test if the fields reject an answer.
func MustSubmit(tb testing.TB, f *flow.Flow, answers ...string) *flow.Flow {
	tb.Helper()
	if err := f.Submit(tb.Context(), FillAnswers(f, answers...)); err != nil {
		tb.Fatalf("%s, %s: %v", f.Name, f.State(), err)
	}
	return f
}

// FillAnswers returns the answers that a screen submits after a visitor has typed some. The other fields keep their initial
// answers.
func FillAnswers(f *flow.Flow, typed ...string) map[string]string {
	answers := map[string]string{}
	for _, field := range f.Step().Fields {
		if field.InitialAnswer != "" {
			answers[field.Name] = field.InitialAnswer
		}
	}
	maps.Copy(answers, AnswersFromPairs(typed...))
	return answers
}

func AnswersFromPairs(pairs ...string) map[string]string {
	answers := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		answers[pairs[i]] = pairs[i+1]
	}
	return answers
}

// LogIn submits a username and password on a new visit, and returns the flow.
func (d *Desk) LogIn(tb testing.TB, username, password string) *flow.Flow {
	tb.Helper()
	return MustSubmit(tb, flows.LogIn(flow.NewVisit(d.Desk)), "username", username, "password", password)
}

// LastOutcome returns the outcome of the newest entry in the audit log, or "".
func (d *Desk) LastOutcome(tb testing.TB) flow.Outcome {
	tb.Helper()
	entries := d.AuditEntries(tb)
	if len(entries) == 0 {
		return ""
	}
	return flow.Outcome(entries[len(entries)-1].Outcome)
}
