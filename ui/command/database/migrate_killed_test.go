package database

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"maps"
	"os"
	"os/exec"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/store"
	"loket/store/bolt"
	"loket/store/fixture"
	"loket/store/kvdb"
)

// migrates is the environment variable that tells a process which database to migrate.
const migrates = "LOKET_TEST_MIGRATES"

// TestMigrateKilled kills processes that migrate a database of each earlier schema, each one at a later point, until one of
// them finishes. Running each migration again completes it. Nothing is lost, and the copy contains the database as it was
// before the first attempt.
func TestMigrateKilled(t *testing.T) {
	if db := os.Getenv(migrates); db != "" {
		migrateTelling(t, Database{DB: db})
		return
	}
	const customers = 300
	for version := 1; version < store.Version; version++ {
		killed := 0
		for after := 1; ; after += 4 {
			f := fixture.WriteEarlierSchema(t, version, customers)
			was := entriesIn(t, f.DB)
			survived := migrateUntil(t, f.DB, after)
			killAgain(t, f.DB, survived)
			d := Database{DB: f.DB}
			s, err := d.Migrate(t.Context(), clock.New(), func(string) {})
			if err != nil {
				t.Fatalf("of schema %d, killed after %d: %v", version, after, err)
			}
			fixture.RequireMigrated(t, s, customers)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if copied := entriesIn(t, fmt.Sprintf("%s.before-%d", f.DB, store.Version)); !maps.Equal(copied, was) {
				t.Errorf("of schema %d, killed after %d: the copy is not as it was", version, after)
			}
			if survived {
				break
			}
			killed++
		}
		if killed < 1 {
			t.Errorf("of schema %d nothing was killed", version)
		}
	}
}

// killAgain also kills the second attempt, unless the first one has finished.
func killAgain(t *testing.T, db string, survived bool) {
	t.Helper()
	if !survived {
		migrateUntil(t, db, 2)
	}
}

// entriesIn returns all entries of a database file.
func entriesIn(t *testing.T, path string) map[string]string {
	t.Helper()
	engine, err := bolt.Open(path, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	return fixture.ListEntries(t, engine)
}

// migrateUntil makes a process migrate a database, and kills the process after it has reported the given number of writes. It
// reports whether the process finished before that.
func migrateUntil(t *testing.T, db string, after int) (survived bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestMigrateKilled$")
	child.Env = append(os.Environ(), migrates+"="+db)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	told := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() != writes {
			continue
		}
		if told++; told == after {
			child.Process.Kill()
		} else {
			fmt.Fprintln(in)
		}
	}
	return child.Wait() == nil
}

// writes is the line that a process prints before it writes to the database.
const writes = "it writes"

// reportWrite reports a write, and waits until the test lets the process go on, or kills it.
func reportWrite() {
	fmt.Println(writes)
	fmt.Scanln()
}

func migrateTelling(t *testing.T, d Database) {
	t.Helper()
	s, err := d.Migrate(t.Context(), clock.New(), func(string) { reportWrite() }, func(e kvdb.Engine) kvdb.Engine { return telling{e} })
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// telling is an engine that reports each write, and sometimes reports during the write.
type telling struct{ kvdb.Engine }

func (e telling) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	reportWrite()
	defer reportWrite()
	return e.Engine.Update(ctx, fn)
}

func (e telling) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	return e.Engine.Load(ctx, func(yield func(string, []byte) bool) {
		n := 0
		for key, value := range entries {
			if n++; n%100 == 0 {
				reportWrite()
			}
			if !yield(key, value) {
				return
			}
		}
	})
}

func (e telling) Scrub(ctx context.Context) error {
	reportWrite()
	defer reportWrite()
	return e.Engine.Scrub(ctx)
}
