package feed

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/ui/command/commandtest"
	"loket/ui/command/database"
)

func imported(t *testing.T, d database.Database, file string) *commandtest.Session {
	t.Helper()
	c := commandtest.New(file)
	if err := (&ImportCommand{Database: d, Files: []string{"-"}}).Run(t.Context(), &c.CommandSession); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestImportSchema checks that the schema can be printed without a database, and that an import without a file is wrong usage.
func TestImportSchema(t *testing.T) {
	d := commandtest.NewDatabasePath(t)
	c := commandtest.New("")
	if err := (&ImportCommand{Database: d, Schema: true}).Run(t.Context(), &c.CommandSession); err != nil || !json.Valid(c.Stdout.Bytes()) {
		t.Errorf("%v, wrote %.40q", err, c.Stdout.String())
	}
	if err := (&ImportCommand{Database: d}).Run(t.Context(), &c.CommandSession); err == nil {
		t.Error("nothing was imported, and that is no mistake")
	}
	if _, err := os.Stat(d.DB); err == nil {
		t.Error("there is a database now")
	}
}

func TestImport(t *testing.T) {
	d := commandtest.NewDatabasePath(t)
	first := imported(t, d, commandtest.PeopleImport)
	if want := "Made " + d.DB + " and its key file " + d.DB + ".key."; !strings.HasPrefix(first.Stderr.String(), want) {
		t.Errorf("said %q", first.Stderr.String())
	}
	const want = `-                   new  changed  unchanged
customers             2        0          0
products              1        0          0
applications          1        0          0
accounts              0        0          0
activation numbers    1        0          0
5 records in `
	if got := first.Stdout.String(); !strings.HasPrefix(got, want) {
		t.Errorf("gave\n%s", got)
	}
	for _, file := range []string{d.DB, d.KeyFile()} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
		}
	}
	again := imported(t, d, commandtest.PeopleImport)
	if got := again.Stdout.String(); !strings.Contains(got, "customers             0        0          2\n") || again.Stderr.Len() > 0 {
		t.Errorf("gave\n%s%s", got, again.Stderr.String())
	}
}

func TestImportSeveralFiles(t *testing.T) {
	d, dir := commandtest.NewDatabasePath(t), t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good.jsonl", commandtest.PeopleImport)
	bad := write("bad.jsonl", strings.Replace(commandtest.PeopleImport, "3511 AB", "351", 1)+"[]\n")
	never := write("never.jsonl", `{"type":"account","customer":"K1","username":"anna"}`)
	c := commandtest.New("")
	refused := bad + ": nothing was stored, because of 2 problems"
	err := (&ImportCommand{Database: d, Files: []string{bad, never}}).Run(t.Context(), &c.CommandSession)
	if err == nil || err.Error() != refused {
		t.Errorf("error %v", err)
	}
	if want := bad + ":1: postcode must be four digits and two letters, such as 3511 AB\n" + bad + ":6: not a JSON object\n"; !strings.HasSuffix(c.Stderr.String(), want) {
		t.Errorf("said\n%s", c.Stderr.String())
	}
	c = commandtest.New("")
	err = (&ImportCommand{Database: d, JSON: true, Files: []string{good, bad, never}}).Run(t.Context(), &c.CommandSession)
	if err == nil || err.Error() != refused {
		t.Errorf("error %v", err)
	}
	var first, second printedResult
	out := json.NewDecoder(&c.Stdout)
	if err := errors.Join(out.Decode(&first), out.Decode(&second)); err != nil || out.More() {
		t.Errorf("gave %v", err)
	}
	if first.File != good || !first.IsStored || first.Customers.New != 2 || first.Problems != nil {
		t.Errorf("gave %+v", first)
	}
	if second.File != bad || second.IsStored || len(second.Problems) != 2 || second.Problems[0].Field != "postcode" {
		t.Errorf("gave %+v", second)
	}
}

// A printedResult is an importResult as a program reads it.
type printedResult struct {
	importResult
	Problems []transfer.Problem `json:"problems"`
}

// TestImportOfManyProblems checks that text output has only some of the problems, and JSON output all of them.
func TestImportOfManyProblems(t *testing.T) {
	d, file := commandtest.NewDatabasePath(t), strings.Repeat("[]\n", 1025)
	c := commandtest.New(file)
	if err := (&ImportCommand{Database: d, Files: []string{"-"}}).Run(t.Context(), &c.CommandSession); err == nil || !strings.HasSuffix(c.Stderr.String(), "\n… and 1,005 more\n") {
		t.Errorf("says %s, %v", c.Stderr.String(), err)
	}
	c = commandtest.New(file)
	var all printedResult
	if err := (&ImportCommand{Database: d, JSON: true, Files: []string{"-"}}).Run(t.Context(), &c.CommandSession); err == nil || json.Unmarshal(c.Stdout.Bytes(), &all) != nil || len(all.Problems) != 1025 {
		t.Errorf("gives %d, %v", len(all.Problems), err)
	}
}

func TestImportOfNoFile(t *testing.T) {
	d := commandtest.NewDatabasePath(t)
	err := (&ImportCommand{Database: d, Files: []string{"-", "/no/such/file"}}).Run(t.Context(), &commandtest.New(commandtest.PeopleImport).CommandSession)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(d.DB); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("made a database all the same: %v", err)
	}
}

func TestImportOfFolder(t *testing.T) {
	d := commandtest.NewDatabasePath(t)
	err := (&ImportCommand{Database: d, Files: []string{t.TempDir()}}).Run(t.Context(), &commandtest.New("").CommandSession)
	if err == nil || !strings.HasSuffix(err.Error(), ": is a directory") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(d.DB); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("made a database all the same: %v", err)
	}
}

func TestImportStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := commandtest.New("")
	c.In = stopping{strings.NewReader(commandtest.PeopleImport), cancel}
	err := (&ImportCommand{Database: commandtest.NewDatabasePath(t), Files: []string{"-"}}).Run(ctx, &c.CommandSession)
	if err == nil || err.Error() != "-: stopped, and nothing was stored" {
		t.Errorf("error %v", err)
	}
}

// stopping is a file during whose import the operator presses Ctrl+C.
type stopping struct {
	io.Reader
	stop func()
}

func (s stopping) Read(p []byte) (int, error) {
	s.stop()
	return s.Reader.Read(p)
}

// TestSummaryOfKept checks that the summary counts what did not end, and whom it left out, apart from what ended.
func TestSummaryOfKept(t *testing.T) {
	var r importResult
	r.ErasedLeftOut, r.MissingKept, r.Ended = 1, 1200, map[string]int{"products closed": 2}
	c := commandtest.New("")
	(&ImportCommand{}).printCounts(c.Console, r)
	const want = `products closed: 2
customers left out, because they were erased here: 1
records kept, because a line that cannot be read may be about them: 1,200
`
	if got := c.Stdout.String(); !strings.Contains(got, want) {
		t.Errorf("gave\n%s", got)
	}
	c = commandtest.New("")
	if err := printJSON(c.Console, r); err != nil {
		t.Fatal(err)
	}
	var kept struct {
		Ended map[string]int `json:"ended"`
		Left  int            `json:"erased_left_out"`
		Kept  int            `json:"missing_kept"`
	}
	if err := json.Unmarshal(c.Stdout.Bytes(), &kept); err != nil || len(kept.Ended) != 1 || kept.Left != 1 || kept.Kept != 1200 {
		t.Errorf("gave %s, %v", c.Stdout.String(), err)
	}
}
