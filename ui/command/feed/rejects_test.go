package feed

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows/desk"
	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/customer"
	"loket/ui/command/database"
)

// broken is a file with problems in lines 1 and 6, and so also in the lines that depend on line 1.
var broken = strings.Replace(commandtest.PeopleImport, "3511 AB", "351", 1) + "[]\n"

// squeezed returns a text with every run of spaces replaced by one space.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// knows reports whether a database has the given customer.
func knows(t *testing.T, d database.Database, id store.CustomerID) bool {
	t.Helper()
	c := commandtest.New("")
	return (&customer.ShowCommand{Database: d, ID: id, Settings: desk.DefaultSettings()}).Run(t.Context(), &c.CommandSession) == nil
}

// TestRejects checks that lines without problems are imported, that the file of rejects has the problems of the others, and
// that the exit status says that there were rejects.
func TestRejects(t *testing.T) {
	for _, withLines := range []bool{false, true} {
		d, file := commandtest.NewDatabasePath(t), filepath.Join(t.TempDir(), "rejects.jsonl")
		c := commandtest.New(broken)
		err := (&ImportCommand{Database: d, RejectsFlags: RejectsFlags{Rejects: file, WithLines: withLines}, Files: []string{"-"}}).Run(t.Context(), &c.CommandSession)
		if err == nil || !strings.HasSuffix(err.Error(), " lines set apart: "+file+" says what is wrong") {
			t.Errorf("error %v", err)
		}
		if got := c.Stdout.String(); !strings.Contains(got, "customers             1        0          0\n") {
			t.Errorf("gave\n%s", got)
		}
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%v, %v", info, err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var first rejectLine
		line, _, _ := strings.Cut(string(text), "\n")
		if err := json.Unmarshal([]byte(line), &first); err != nil || first.File != "-" || first.Line != 1 || first.Field != "postcode" || !strings.HasPrefix(first.Reason, "postcode must be") {
			t.Errorf("the file begins with %s, %v", line, err)
		}
		if has := strings.Contains(string(text), `1961-04-09`); has != withLines || has != (first.Text != "") {
			t.Errorf("with lines %t:\n%s", withLines, text)
		}
	}
}

// TestRejectsOfNothing checks that the file of rejects is also made if there are no rejects.
func TestRejectsOfNothing(t *testing.T) {
	d, file := commandtest.NewDatabasePath(t), filepath.Join(t.TempDir(), "rejects.jsonl")
	run := func(force bool) error {
		c := commandtest.New(commandtest.PeopleImport)
		return (&ImportCommand{Database: d, RejectsFlags: RejectsFlags{Rejects: file, Force: force}, Files: []string{"-"}}).Run(t.Context(), &c.CommandSession)
	}
	if err := run(false); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(file); err != nil || len(text) > 0 {
		t.Errorf("%s, %v", text, err)
	}
	if err := run(false); err == nil {
		t.Error("it writes over a file")
	}
	if err := run(true); err != nil {
		t.Error(err)
	}
}

// TestRejectsToStandardOutput checks that the counts go to standard error if the rejects go to standard output.
func TestRejectsToStandardOutput(t *testing.T) {
	c := commandtest.New(broken)
	err := (&ImportCommand{Database: commandtest.NewDatabasePath(t), RejectsFlags: RejectsFlags{Rejects: "-"}, Files: []string{"-"}}).Run(t.Context(), &c.CommandSession)
	if err == nil || !strings.HasPrefix(c.Stdout.String(), `{"file":"-","line":1,`) || !strings.Contains(c.Stderr.String(), "customers             1") {
		t.Errorf("gave %s and said %s, %v", c.Stdout.String(), c.Stderr.String(), err)
	}
}

// TestRejectsRefused checks that no database is made if the flags do not go together.
func TestRejectsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "people.jsonl")
	if err := os.WriteFile(file, []byte(commandtest.PeopleImport), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, i := range map[string]ImportCommand{
		"both to standard output": {RejectsFlags: RejectsFlags{Rejects: "-"}, JSON: true},
		"no file":                 {RejectsFlags: RejectsFlags{WithLines: true}},
		"no file to write over":   {RejectsFlags: RejectsFlags{Force: true}},
		"the file itself":         {RejectsFlags: RejectsFlags{Rejects: file, Force: true}},
	} {
		i.Database, i.Files = commandtest.NewDatabasePath(t), []string{file}
		err := i.Run(t.Context(), &commandtest.New("").CommandSession)
		if _, is := errors.AsType[console.UsageError](err); !is {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(i.DB); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: made a database, %v", name, err)
		}
	}
}

// TestRejectsThatCannotBeWritten checks that the operator is told what was imported, and how to get the rejects after all.
func TestRejectsThatCannotBeWritten(t *testing.T) {
	c := commandtest.New(broken)
	c.Out = full{}
	d := commandtest.NewDatabasePath(t)
	err := (&ImportCommand{Database: d, RejectsFlags: RejectsFlags{Rejects: "-"}, Files: []string{"-"}}).Run(t.Context(), &c.CommandSession)
	if err == nil || !strings.Contains(err.Error(), "- could not be written, and the same import again gives the same lines: disk full") {
		t.Errorf("error %v", err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// TestDryRun checks that a dry run reports what would happen, treats the files as imported one after the other, and stores
// nothing. It does not even make a database.
func TestDryRun(t *testing.T) {
	d, dir := commandtest.NewDatabasePath(t), t.TempDir()
	people, next := filepath.Join(dir, "people.jsonl"), filepath.Join(dir, "next.jsonl")
	more := `{"type":"account","customer":"K1","username":"anna"}` + "\n"
	if err := errors.Join(os.WriteFile(people, []byte(commandtest.PeopleImport), 0o600), os.WriteFile(next, []byte(more), 0o600)); err != nil {
		t.Fatal(err)
	}
	try := func() *commandtest.Session {
		t.Helper()
		c := commandtest.New("")
		if err := (&ImportCommand{Database: d, DryRun: true, Files: []string{people, next}}).Run(t.Context(), &c.CommandSession); err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := try()
	if got := c.Stdout.String(); !strings.Contains(squeezed(got), "customers 2 0 0") || !strings.Contains(squeezed(got), "accounts 1 0 0") {
		t.Errorf("gave\n%s", got)
	}
	if got := c.Stderr.String(); got != people+" was tried, and nothing was stored.\n"+next+" was tried, and nothing was stored.\n" {
		t.Errorf("said %s", got)
	}
	for _, file := range []string{d.DB, d.KeyFile()} {
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", file, err)
		}
	}
	imported(t, d, strings.SplitAfter(commandtest.PeopleImport, "\n")[0])
	c = try()
	if got := c.Stdout.String(); !strings.Contains(squeezed(got), "customers 1 0 1") {
		t.Errorf("over a database it gave\n%s", got)
	}
	if knows(t, d, "K2") || !knows(t, d, "K1") {
		t.Error("it stored a customer")
	}
}
