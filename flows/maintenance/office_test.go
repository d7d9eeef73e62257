package maintenance

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/timekeeping"
	"loket/flows/timespan"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// office is a store with its maintenance, in a bubble in which time passes only while all
// goroutines wait.
type office struct {
	*Runner
	engine *failing
	log    *diary
}

// diary is a log that can be read while others write to it.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(p)
}

// take returns what was written since the last take.
func (d *diary) take() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.text.Reset()
	return d.text.String()
}

func newOffice(t *testing.T) *office {
	t.Helper()
	bolted, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	o, clock := &office{engine: &failing{Engine: bolted}, log: &diary{}}, clock.New()
	s, err := store.Open(t.Context(), o.engine, keys, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var settings Settings
	if err := kong.ApplyDefaults(&settings, kong.TypeMapper(reflect.TypeFor[time.Duration](), kong.MapperFunc(readTimespan))); err != nil {
		t.Fatal(err)
	}
	o.Runner = New(desk.New(s, clock, "Utrecht 1", desk.DefaultSettings()), settings, slog.New(slog.NewTextHandler(o.log, nil)))
	return o
}

// failing is an engine that can be made to fail.
type failing struct {
	kvdb.Engine
	broken atomic.Bool
}

func (e *failing) View(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.broken.Load() {
		return errBroken
	}
	return e.Engine.View(ctx, fn)
}

func (o *office) update(t *testing.T, fn func(*store.Tx)) {
	t.Helper()
	if err := o.Store.Update(t.Context(), func(tx *store.Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

// visited records a visit, so that the audit log has an entry.
func (o *office) visited(t *testing.T) {
	t.Helper()
	o.update(t, func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Flow: "log in"}) })
	if _, err := auditlog.FoldQueued(t.Context(), o.Store); err != nil {
		t.Fatal(err)
	}
}

// accept accepts the clock as an operator does.
func (o *office) accept(t *testing.T) {
	t.Helper()
	if err := timekeeping.AcceptMachineClock(t.Context(), o.Store, o.Clock, func(*store.Tx) {}); err != nil {
		t.Fatal(err)
	}
}

// later advances the time while the desk is open.
func (o *office) later(t *testing.T, after time.Duration) {
	t.Helper()
	o.Clock.Advance(after)
	o.accept(t)
}

func (o *office) due(t *testing.T) RemovalCounts {
	t.Helper()
	due, err := o.CountExpired(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return due
}

func (o *office) forget(t *testing.T) RemovalCounts {
	t.Helper()
	f, err := o.RemoveExpired(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (o *office) dump(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	if err := o.engine.View(t.Context(), func(kv kvdb.KV) error {
		for _, table := range append([]string{"meta"}, store.Tables...) {
			for key, value := range kv.Scan(table + "/") {
				fmt.Fprintf(&b, "%q %q\n", key, value)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readTimespan reads a length of time, as the command line does.
func readTimespan(c *kong.DecodeContext, target reflect.Value) error {
	d, err := timespan.Parse(c.Scan.Pop().String())
	target.SetInt(int64(d))
	return err
}
