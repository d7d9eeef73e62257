package maintenance

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/backup"
	"loket/store/kvdb"
)

// told is what an observer and an operator were last told.
type told struct {
	older bool
	said  string
}

func (o *told) AuditOlder(older bool) { o.older = older }

// begins starts a process that maintains the log, which checks it once.
func (k *Runner) begins(t *testing.T) (o *told) {
	t.Helper()
	if _, err := auditlog.FoldQueued(t.Context(), k.Store); err != nil {
		t.Fatal(err)
	}
	newest, _, err := auditlog.NewestCheckpoint(t.Context(), k.Store)
	if err != nil {
		t.Fatal(err)
	}
	o = &told{}
	k.Observer, k.TellOperator = o, func(sentence string) { o.said = sentence }
	(&highestCheckpoint{Runner: k}).saveNewestCheckpoint(t.Context(), newest)
	return o
}

// TestHighest: each process that opens a log that is older than this machine saw it, or
// another log, reports that, until the store was restored or copied, which sets back the
// stored checkpoint.
func TestHighest(t *testing.T) {
	k, journal := newRunner(t, text)
	k.StateDir = filepath.Join(t.TempDir(), "state")
	k.record(t)
	k.record(t)
	var early bytes.Buffer
	if _, err := backup.Write(t.Context(), k.Store, &early); err != nil {
		t.Fatal(err)
	}
	fine := func(when string) {
		t.Helper()
		if o := k.begins(t); o.older || o.said != "" {
			t.Errorf("%s: %+v", when, o)
		}
	}
	older := func(when string) {
		t.Helper()
		journal.Reset()
		if o := k.begins(t); !o.older || !strings.Contains(o.said, "put back as it once was") || !strings.Contains(journal.String(), "level=ERROR") {
			t.Errorf("%s: %+v\n%s", when, o, journal)
		}
	}
	fine("at first")
	k.record(t)
	fine("with more")
	fine("with the same")
	if info, err := os.Stat(k.StateDir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v", err)
	}

	restores := func() {
		if _, err := backup.Restore(t.Context(), k.Store, bytes.NewReader(early.Bytes()), backup.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	restores()
	journal.Reset()
	fine("restored")
	if !strings.Contains(journal.String(), "set back") || !audited(t, k, "checkpoint: set back from 3 entries to ") {
		t.Errorf("it is not told:\n%s", journal)
	}
	fine("after that")

	before := k.snapshot(t)
	k.record(t)
	fine("grown")
	k.putBack(t, before)
	older("put back")
	older("once more")
	for range 5 {
		k.record(t)
	}
	older("put back, and grown past what was seen")
	restores()
	fine("restored after that")
	if err := os.WriteFile((&highestCheckpoint{Runner: k}).checkpointPath(), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	journal.Reset()
	if fine("unreadable"); !strings.Contains(journal.String(), "cannot be held against") {
		t.Errorf("it is not told:\n%s", journal)
	}
	k.StateDir = ""
	fine("nowhere to keep it")
}

// snapshot returns everything in the engine, and putBack puts it back, as an attacker
// with an old copy of the file would.
func (k *Runner) snapshot(t *testing.T) (all []kvdb.Entry) {
	t.Helper()
	if err := k.Store.Engine().View(t.Context(), func(kv kvdb.KV) error {
		for _, table := range store.AllTables() {
			for key, value := range kv.Scan(table + "/") {
				all = append(all, kvdb.Entry{Key: key, Value: value})
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func (k *Runner) putBack(t *testing.T, all []kvdb.Entry) {
	t.Helper()
	if err := k.Store.Engine().Replace(t.Context(), func(put func(string, []byte) error) error {
		for _, e := range all {
			if err := put(e.Key, e.Value); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func audited(t *testing.T, k *Runner, want string) (is bool) {
	t.Helper()
	if err := k.Store.View(context.Background(), func(tx *store.Tx) error {
		for e := range auditlog.NewestFirst(tx) {
			is = is || strings.HasPrefix(e.Step+": "+e.Outcome, want)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return is
}
