package transfer_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/spill"
)

const (
	// importsIn tells a process in which folder to import.
	importsIn = "LOKET_TEST_IMPORTS_IN"

	// killsEnv is how many processes TestKilled kills, at instants that lie evenly over an
	// import. Here it is ten; try a hundred with
	//
	//	LOKET_TEST_KILLS=100 go test ./flows/transfer -run 'TestKilled$' -timeout 30m
	killsEnv = "LOKET_TEST_KILLS"

	step = "it goes on" // what such a process tells
)

// TestKilled kills processes that import a file, at many instants. There is nothing readable of
// anybody in any file, before and after; nothing but the database and its keys is left; and
// the same import again completes it.
func TestKilled(t *testing.T) {
	if dir := os.Getenv(importsIn); dir != "" {
		importTelling(t, dir)
		return
	}
	kills, err := strconv.Atoi(os.Getenv(killsEnv))
	if err != nil {
		kills = 10
	}
	file := sampleFile(t, 600, 7)
	facts := factsIn(t, file)
	want := tempStore(t)
	mustTake(t, want, string(file))
	steps, survived := importUntil(t, folderWith(t, file), 1<<30, facts)
	if !survived || steps < 10 {
		t.Fatalf("an import goes %d steps, and survives: %t", steps, survived)
	}
	for n := range kills {
		dir := folderWith(t, file)
		importUntil(t, dir, 1+n*steps/kills, facts)
		if n%2 == 1 {
			importUntil(t, dir, 1+(n*7919)%steps, facts)
		}
		s := openIn(t, dir)
		if _, err := transfer.Import(t.Context(), deskOf(s), bytes.NewReader(file), transfer.Options{}); err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprintf("killed at step %d of %d", 1+n*steps/kills, steps), look(t, s), look(t, want))
		s.Close()
		for _, e := range mustReadDir(t, dir) {
			if name := e.Name(); name != "db" && name != "keys" && name != "file" {
				t.Errorf("there is %s", name)
			}
		}
	}
}

// factsIn returns what nobody may read of people.
func factsIn(t *testing.T, file []byte) (facts [][]byte) {
	t.Helper()
	seen := map[string]bool{}
	for _, found := range regexp.MustCompile(`"(?:surname|street|city|email|phone|username|number|id|customer)":"([^"]{6,})"`).FindAllSubmatch(file, -1) {
		if fact := string(found[1]); !seen[fact] {
			seen[fact] = true
			facts = append(facts, found[1])
		}
	}
	if len(facts) < 500 {
		t.Fatalf("there are %d facts", len(facts))
	}
	var some [][]byte // all would take long to look for
	for n := range 60 {
		some = append(some, facts[n*len(facts)/60])
	}
	return some
}

// folderWith is a folder with a file to import, and keys.
func folderWith(t *testing.T, file []byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := keyring.CreateKeyFile(filepath.Join(dir, "keys")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func openIn(t *testing.T, dir string) *store.Store {
	t.Helper()
	path := filepath.Join(dir, "db")
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		engine, err = bolt.Create(path, bolt.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	keys, err := keyring.ReadKeyFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), engine, keys, today)
	if err != nil {
		t.Fatal(err)
	}
	place := spill.NewPlaceBeside(path)
	place.Memory = 64 << 10 // so that much goes to the disk
	place.RemoveLeftovers()
	s.SetSpillPlace(place)
	return s
}

// importTelling imports the file of a folder, and tells how it goes on. Then it waits for a line
// that says that it was looked at.
func importTelling(t *testing.T, dir string) {
	file, err := os.Open(filepath.Join(dir, "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := openIn(t, dir)
	defer s.Close()
	looked := bufio.NewReader(os.Stdin)
	if _, err := transfer.Import(t.Context(), deskOf(s), file, transfer.Options{Progress: func(transfer.Phase, int64, int64) {
		fmt.Println(step)
		_, _ = looked.ReadString('\n')
	}}); err != nil {
		t.Fatal(err)
	}
}

// importUntil has a process import the file of a folder, looks at every step at all that it has
// on disk, and kills it after so many. It reports how many there were, and whether the process
// came to its end.
func importUntil(t *testing.T, dir string, after int, facts [][]byte) (steps int, survived bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestKilled$")
	child.Env = append(os.Environ(), importsIn+"="+dir)
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
	spilled := false
	for told := bufio.NewScanner(out); told.Scan(); {
		if told.Text() != step {
			continue
		}
		if steps++; steps == after {
			child.Process.Kill()
		}
		if steps%8 == 0 || steps == after {
			spilled = searchAll(t, dir, child.Process.Pid, facts) || spilled
		}
		fmt.Fprintln(in)
	}
	survived = child.Wait() == nil
	searchAll(t, dir, 0, facts)
	if survived && !spilled {
		t.Error("no temporary file was seen")
	}
	return steps, survived
}

// searchAll looks for facts in all files of a folder, and in those that a process has open which
// have no name any more. It reports whether there was one of these.
func searchAll(t *testing.T, dir string, pid int, facts [][]byte) (nameless bool) {
	t.Helper()
	var paths []string
	for _, e := range mustReadDir(t, dir) {
		if e.Name() != "file" {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	open, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	for _, path := range open {
		if target, err := os.Readlink(path); err == nil && strings.HasPrefix(target, dir) && strings.HasSuffix(target, "(deleted)") {
			paths = append(paths, path)
			nameless = true
		}
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) && pid == 0 {
				t.Error(err)
			}
			continue
		}
		for _, fact := range facts {
			if bytes.Contains(text, fact) {
				t.Errorf("%s can be read in %s", fact, filepath.Base(path))
				break
			}
		}
	}
	return nameless
}

func mustReadDir(t *testing.T, dir string) []os.DirEntry {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}
