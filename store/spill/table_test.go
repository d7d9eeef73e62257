package spill

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// smallTable is a table that has to write files soon.
func smallTable(place Place) *Table {
	place.Memory = 1 << 10
	return NewTable(place)
}

// awaitedRuns returns the runs of a table once none is being written.
func awaitedRuns(t *Table) []*sortedRun {
	t.awaitFlush()
	return t.runs.all
}

// TestTable: it has what a map has, however much of it is on disk.
func TestTable(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		table, model := smallTable(Place{Folder: folder, Beside: "desk.db"}), map[string][]byte{}
		key := rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf("%s/%d", rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "table"), rapid.IntRange(0, 60).Draw(t, "name"))
		})
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				k, v := key.Draw(t, "key"), rapid.SliceOfN(rapid.Byte(), 0, 600).Draw(t, "value")
				table.Put(k, slices.Clone(v))
				model[k] = v
			},
			"delete": func(t *rapid.T) {
				k := key.Draw(t, "key")
				table.Put(k, nil)
				model[k] = nil
			},
			"get": func(t *rapid.T) {
				k := key.Draw(t, "key")
				got, found := table.Get(k)
				if want, is := model[k]; found != is || !bytes.Equal(got, want) || (got == nil) != (want == nil) {
					t.Fatalf("%s: %x, %t, want %x, %t", k, got, found, want, is)
				}
			},
			"under": func(t *rapid.T) {
				prefix := rapid.SampledFrom([]string{"", "a/", "b/", "b/1", "d/"}).Draw(t, "prefix")
				after := rapid.OneOf(rapid.Just(""), key).Draw(t, "after")
				var want []string
				for _, k := range slices.Sorted(maps.Keys(model)) {
					if strings.HasPrefix(k, prefix) && k > after {
						want = append(want, fmt.Sprintf("%s %x %t", k, model[k], model[k] == nil))
					}
				}
				var got []string
				for k, v := range table.EntriesUnderPrefix(prefix, after) {
					got = append(got, fmt.Sprintf("%s %x %t", k, v, v == nil))
				}
				if !slices.Equal(got, want) {
					t.Fatalf("under %q after %q:\n%q, want\n%q", prefix, after, got, want)
				}
			},
			"": func(t *rapid.T) {
				if table.Err() != nil || table.Len() < len(model) {
					t.Fatal(table.Err(), table.Len())
				}
			},
		})
		if err := table.Close(); err != nil {
			t.Fatal(err)
		}
	})
	mustBeEmpty(t, folder)
}

// TestLevels: runs are merged, so that few files are open however much there is, and the
// newest value counts.
func TestLevels(t *testing.T) {
	folder := t.TempDir()
	table := smallTable(Place{Folder: folder, Beside: "desk.db"})
	defer table.Close()
	const keys = 1000
	for round := range 60 {
		for n := range keys {
			table.Put(fmt.Sprintf("k/%03d", n), fmt.Appendf(nil, "%d of round %d", n, round))
		}
	}
	if runs := len(awaitedRuns(table)); runs > 3*runsPerMerge {
		t.Errorf("there are %d runs", runs)
	}
	if value, found := table.Get("k/999"); !found || string(value) != "999 of round 59" {
		t.Errorf("got %q, %t", value, found)
	}
	if _, found := table.Get("k/1000"); found {
		t.Error("got what was never put")
	}
	n := 0
	for key, value := range table.EntriesUnderPrefix("k/", "") {
		if key != fmt.Sprintf("k/%03d", n) || string(value) != fmt.Sprintf("%d of round 59", n) {
			t.Fatalf("%d: %s is %q", n, key, value)
		}
		n++
	}
	if n != keys {
		t.Errorf("there are %d", n)
	}
}

// TestUnreadable: nothing that was put can be read in any file, and files lose their names.
func TestUnreadable(t *testing.T) {
	folder := t.TempDir()
	table := smallTable(Place{Folder: folder, Beside: "desk.db"})
	defer table.Close()
	for n := range 100 {
		table.Put(fmt.Sprintf("Bakker/%d", n), []byte("Dorpsstraat 12, Utrecht"))
	}
	runs := awaitedRuns(table)
	if len(runs) == 0 {
		t.Fatal("nothing is on disk")
	}
	for _, r := range runs {
		info, err := r.file.Stat()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
		text := make([]byte, info.Size())
		if _, err := r.file.ReadAt(text, 0); err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"Bakker", "Dorpsstraat", "Utrecht"} {
			if bytes.Contains(text, []byte(word)) {
				t.Errorf("%s is readable", word)
			}
		}
	}
	mustBeEmpty(t, folder)
}

// TestChangedFile: what somebody changes in a file is not taken for what was put.
func TestChangedFile(t *testing.T) {
	table := smallTable(Place{Folder: t.TempDir(), Beside: "desk.db"})
	defer table.Close()
	table.Put("k/1", make([]byte, 2<<10))
	if _, err := awaitedRuns(table)[0].file.WriteAt([]byte("changed!"), 100); err != nil {
		t.Fatal(err)
	}
	if _, found := table.Get("k/1"); found || table.Err() == nil {
		t.Errorf("found %t, %v", found, table.Err())
	}
	for range table.EntriesUnderPrefix("", "") {
		t.Error("there is something after a failure")
	}
}

// TestNoPlace: a table that cannot make a file says so.
func TestNoPlace(t *testing.T) {
	table := smallTable(Place{Folder: filepath.Join(t.TempDir(), "none"), Beside: "desk.db"})
	table.Put("k/1", make([]byte, 2<<10))
	table.Put("k/2", make([]byte, 2<<10))
	if err := table.Err(); err == nil {
		t.Error("no error")
	}
	if err := table.Close(); err != nil {
		t.Error(err)
	}
}

// TestRemoveLeftovers: what a killed process left goes, and nothing else does.
func TestRemoveLeftovers(t *testing.T) {
	folder := t.TempDir()
	place := NewPlaceBeside(filepath.Join(folder, "desk.db"))
	for _, name := range []string{"desk.db", ".desk.db.loket-spill-123", ".other.db.loket-spill-123"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	place.RemoveLeftovers()
	Place{}.RemoveLeftovers()
	NewPlaceBeside(filepath.Join(folder, "none", "desk.db")).RemoveLeftovers()
	if got := namesIn(t, folder); !slices.Equal(got, []string{".other.db.loket-spill-123", "desk.db"}) {
		t.Errorf("there are %v", got)
	}
	if place := NewPlaceBeside("desk.db"); place.Folder != "." {
		t.Errorf("beside %+v", place)
	}
}

func mustBeEmpty(t *testing.T, folder string) {
	t.Helper()
	if names := namesIn(t, folder); len(names) > 0 {
		t.Errorf("there are %v", names)
	}
}

func namesIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
