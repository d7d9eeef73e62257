package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loket/store"
	"loket/store/fixture"
	"loket/ui/exitcode"
)

// filesIn returns hashes of the contents of the files in a folder, by name.
func filesIn(t *testing.T, dir string) map[string]uint64 {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]uint64{}
	for _, e := range entries {
		file, err := os.Open(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var hash maphash.Hash
		hash.SetSeed(contentSeed)
		_, err = io.Copy(&hash, file)
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = hash.Sum64()
	}
	return files
}

// contentSeed makes equal contents have equal hashes.
var contentSeed = maphash.MakeSeed()

// runs runs a command line, and returns its exit code, its result and its notices.
func runs(ctx context.Context, args string) (code int, out, said string) {
	var wrote bytes.Buffer
	says := &sayings{stop: func() {}}
	code = Main(ctx, strings.Fields(args), strings.NewReader("K1\n"), &wrote, says)
	return code, wrote.String(), says.String()
}

// TestLookingMigratesNothing runs every command on a database of an earlier schema. Each command names the schema, says what
// to do, and leaves all files unchanged.
func TestLookingMigratesNothing(t *testing.T) {
	t.Parallel() // Commits wait for the disk.
	migrates := func(line string) bool {
		name, _, _ := strings.Cut(strings.TrimPrefix(line, "quiet "), " ")
		return slices.Contains([]string{"kiosk", "serve", "migrate", "restore"}, name) // restore replaces the database.
	}
	origin := newOrigin(t)
	for version := 1; version < store.Version; version++ {
		f := fixture.WriteVersion(t, version)
		before := filesIn(t, filepath.Dir(f.DB))
		for _, line := range results {
			if !strings.Contains(line, "DB") || migrates(line) || version > 1 && strings.Contains(line, "--json") {
				continue
			}
			d := origin
			d.db = f.DB
			args := d.named(strings.TrimPrefix(line, "quiet "), f.DB, t.TempDir())
			code, out, said := runs(t.Context(), args)
			if want := fmt.Sprintf("has schema version %d, and this loket works with version %d: bring it there with loket migrate --db %s", version, store.Version, f.DB); code != exitcode.Failed || !strings.Contains(said, want) || out != "" {
				t.Errorf("%s: exit code %d, gave %q, said %q", args, code, out, said)
			}
		}
		if after := filesIn(t, filepath.Dir(f.DB)); !maps.Equal(before, after) {
			t.Errorf("of schema %d something was changed", version)
		}
	}
}

// TestMigrates checks that migrate, and a desk that opens, migrate a database of every earlier schema after copying it. Only a
// check that finds no problem removes the copy.
func TestMigrates(t *testing.T) {
	t.Parallel() // Commits wait for the disk.
	origin := newOrigin(t)
	for version := 1; version < store.Version; version++ {
		for _, line := range []string{"migrate --db DB", "kiosk --plain --db DB", "serve --listen 127.0.0.1:0 --state FILE --db DB --terminals KEYS"} {
			t.Run(fmt.Sprint(version, " ", line), func(t *testing.T) {
				f := fixture.WriteVersion(t, version)
				before := filesIn(t, filepath.Dir(f.DB))
				args := origin.named(line, f.DB, t.TempDir())
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				said := &sayings{stop: stop}
				if code := Main(ctx, strings.Fields(args), strings.NewReader(""), &bytes.Buffer{}, said); code != exitcode.Done {
					t.Fatalf("exit code %d: %s", code, said)
				}
				told := said.String()
				copied := f.DB + fmt.Sprintf(".before-%d", store.Version)
				if !strings.Contains(told, "A copy of it as it was is in "+copied) || !strings.Contains(told, fmt.Sprintf("has schema version %d now.", store.Version)) {
					t.Errorf("told %s", told)
				}
				after := filesIn(t, filepath.Dir(f.DB))
				for name, text := range before {
					was, is := after[name+fmt.Sprintf(".before-%d", store.Version)]
					if is && was != text {
						t.Errorf("the copy of %s is not as it was", name)
					}
					if !is && (strings.HasSuffix(name, ".db") || after[name] != text) {
						t.Errorf("there is no copy of %s", name)
					}
				}
				if info, err := os.Stat(copied); err != nil || info.Mode() != 0o600 {
					t.Errorf("%v, %v", info.Mode(), err)
				}
				if code, _, said := runs(t.Context(), "migrate --db "+f.DB); code != exitcode.Done || !strings.Contains(said, "already") {
					t.Errorf("again: exit code %d, said %s", code, said)
				}
				if _, out, _ := runs(t.Context(), "audit list --db "+f.DB); !strings.Contains(out, fmt.Sprintf("migrated from schema version %d to %d", version, store.Version)) {
					t.Errorf("the audit log has\n%s", out)
				}
				code, _, found := runs(t.Context(), "check --db "+f.DB)
				sound := version != 2 // The activation numbers of schema 2 are of customers who do not exist.
				if sound != (code == exitcode.Done) || sound != strings.Contains(found, "Removed "+copied) {
					t.Errorf("check: exit code %d, said %s", code, found)
				}
				for name := range filesIn(t, filepath.Dir(f.DB)) {
					if strings.Contains(name, ".before-") && sound {
						t.Errorf("%s is still there", name)
					}
				}
			})
		}
	}
}
