package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/transfer"
	"loket/store"
)

// operator's console, where a test reads what a command gave and said.
type testConsole struct {
	Console
	out, err bytes.Buffer
}

func newConsole(in string) *testConsole {
	c := &testConsole{}
	c.Console = Console{In: strings.NewReader(in), Out: &c.out, Err: &c.err, Clock: clock.New()}
	return c
}

const people = `{"type":"customer","id":"K1","surname":"Aalbers","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht"}
{"type":"customer","id":"K2","surname":"Bakhuis","birth_date":"1962-04-09","street":"Haven","house_number":2,"postcode":"3511 AB","city":"Utrecht","email":"b@example.org"}
{"type":"product","id":"P1","kind":"life","name":"Polis","number":"L1","holders":["K1","K2"],"since":"1994-07-01"}
{"type":"application","id":"A1","product":"P1","applicants":["K1","K2"],"submitted":"2020-01-01"}
{"type":"activation_number","application":"A1","customer":"K2","number":"481620957733","issued":"2020-01-02","expires":"2020-07-02"}
`

// database is where a test keeps one that is not there yet.
func database(t *testing.T) Database { return Database{DB: filepath.Join(t.TempDir(), "loket.db")} }

func imported(t *testing.T, d Database, file string) *testConsole {
	t.Helper()
	c := newConsole(file)
	if err := (&Import{Database: d, Files: []string{"-"}}).Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestImport(t *testing.T) {
	d := database(t)
	first := imported(t, d, people)
	if want := "Made " + d.DB + " and its key file " + d.DB + ".key."; !strings.HasPrefix(first.err.String(), want) {
		t.Errorf("said %q", first.err.String())
	}
	const want = `-                   new  changed  unchanged
customers             2        0          0
products              1        0          0
applications          1        0          0
accounts              0        0          0
activation numbers    1        0          0
5 records in `
	if got := first.out.String(); !strings.HasPrefix(got, want) {
		t.Errorf("gave\n%s", got)
	}
	for _, file := range []string{d.DB, d.keyFile()} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
		}
	}
	again := imported(t, d, people)
	if got := again.out.String(); !strings.Contains(got, "customers             0        0          2\n") || again.err.Len() > 0 {
		t.Errorf("gave\n%s%s", got, again.err.String())
	}
}

func TestImportSeveralFiles(t *testing.T) {
	d, dir := database(t), t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good.jsonl", people)
	bad := write("bad.jsonl", strings.Replace(people, "3511 AB", "351", 1)+"[]\n")
	never := write("never.jsonl", `{"type":"account","customer":"K1","username":"anna"}`)
	c := newConsole("")
	err := (&Import{Database: d, JSON: true, Files: []string{good, bad, never}}).Run(t.Context(), &c.Console)
	if err == nil || err.Error() != bad+": nothing was stored, because of 2 problems" {
		t.Errorf("error %v", err)
	}
	if want := bad + ":1: postcode must be four digits and two letters, such as 3511 AB\n" + bad + ":6: not a JSON object\n"; !strings.HasSuffix(c.err.String(), want) {
		t.Errorf("said\n%s", c.err.String())
	}
	var summary struct {
		File string
		transfer.Summary
	}
	if err := json.Unmarshal(c.out.Bytes(), &summary); err != nil || summary.File != good || summary.Customers.New != 2 {
		t.Errorf("gave %s: %v", c.out.String(), err)
	}
}

func TestImportOfNoFile(t *testing.T) {
	d := database(t)
	err := (&Import{Database: d, Files: []string{"-", "/no/such/file"}}).Run(t.Context(), &newConsole(people).Console)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(d.DB); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("made a database all the same: %v", err)
	}
}

func TestImportStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := newConsole("")
	c.In = stopping{strings.NewReader(people), cancel}
	err := (&Import{Database: database(t), Files: []string{"-"}}).Run(ctx, &c.Console)
	if err == nil || err.Error() != "-: stopped, and nothing was stored" {
		t.Errorf("error %v", err)
	}
}

// stopping is a file during which the operator presses Ctrl+C.
type stopping struct {
	io.Reader
	stop func()
}

func (s stopping) Read(p []byte) (int, error) {
	s.stop()
	return s.Reader.Read(p)
}

func TestReasonsNotToOpen(t *testing.T) {
	d := database(t)
	imported(t, d, people)
	other := Database{DB: filepath.Join(t.TempDir(), "other.db")}
	imported(t, other, people)
	nowhere := filepath.Join(t.TempDir(), "none.db")
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("text\n", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		Database
		says string
	}{
		"no database":   {Database{DB: nowhere}, "there is no database " + nowhere + "; make one with: loket import --db " + nowhere + " data.jsonl"},
		"no key file":   {Database{DB: d.DB, Keys: nowhere}, "the key file " + nowhere + " is not there, and without it nobody can read " + d.DB + ": put it back, or say where it is with --keys"},
		"other keys":    {Database{DB: d.DB, Keys: other.keyFile()}, "the key file " + other.keyFile() + " belongs to another database than " + d.DB + ", or lacks the key that it was sealed under since"},
		"not one":       {Database{DB: text, Keys: d.keyFile()}, text + " cannot be used: open " + text + ": invalid database"},
		"not key files": {Database{DB: d.DB, Keys: text}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := (&Stats{Database: test.Database}).Run(t.Context(), &newConsole("").Console)
			if err == nil || test.says != "" && err.Error() != test.says || strings.Contains(err.Error(), "\n") {
				t.Errorf("says %v", err)
			}
		})
	}
	if _, err := d.open(t.Context(), clock.New()); err != nil {
		t.Errorf("it does not open any more: %v", err)
	}
}

func TestInUse(t *testing.T) {
	d := database(t)
	imported(t, d, people)
	s, err := d.open(t.Context(), clock.New())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = (&Stats{Database: d}).Run(t.Context(), &newConsole("").Console)
	if err == nil || err.Error() != "another process has the database "+d.DB+" open: give it the command over SSH (loket serve --operators), or stop it first" {
		t.Errorf("says %v", err)
	}
}

// A command that was stopped after it made the key file is no reason for another one.
func TestKeyFileWithoutDatabase(t *testing.T) {
	d := database(t)
	if _, err := store.CreateKeys(d.keyFile()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(d.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	imported(t, d, people)
	if after, err := os.ReadFile(d.keyFile()); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the key file is another one: %v", err)
	}
}

func TestNumbers(t *testing.T) {
	d := database(t)
	imported(t, d, people)
	c := newConsole("")
	issue := &NumberIssue{Database: d, whose: whose{"A1", "K1"}, Settings: desk.Defaults(), Months: 1, JSON: true}
	if err := issue.Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	var issued ListedNumber
	if err := json.Unmarshal(c.out.Bytes(), &issued); err != nil {
		t.Fatal(err)
	}
	if want := dutch.DateOf(issued.Issued).AddMonths(1); issued.LastDay != want || issued.State != store.NumberIssued || issued.Customer != "K1" {
		t.Errorf("issued %+v", issued)
	}

	list := func(l NumberList) (numbers []ListedNumber) {
		t.Helper()
		c := newConsole("")
		l.Database, l.JSON = d, true
		if err := l.Run(t.Context(), &c.Console); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(c.out.Bytes(), &numbers); err != nil {
			t.Fatal(err)
		}
		return numbers
	}
	if all := list(NumberList{}); len(all) != 2 || all[0].Number != "********7733" || all[1].Customer != "K1" {
		t.Errorf("all: %+v", all)
	}
	if expired := list(NumberList{State: "expired"}); len(expired) != 1 || expired[0].Number != "********7733" {
		t.Errorf("expired: %+v", expired)
	}
	if his := list(NumberList{Customer: "K1"}); len(his) != 1 || !strings.HasSuffix(issued.Number, his[0].Number[8:]) {
		t.Errorf("of K1: %+v", his)
	}

	c = newConsole("")
	revoke := &NumberRevoke{Database: d, whose: whose{"A1", "K1"}}
	if err := revoke.Run(t.Context(), &c.Console); err != nil || c.err.String() != "Revoked ********"+issued.Number[8:]+".\n" {
		t.Errorf("said %q: %v", c.err.String(), err)
	}
	if revoked := list(NumberList{State: "revoked"}); len(revoked) != 1 || revoked[0].Since.IsZero() {
		t.Errorf("revoked: %+v", revoked)
	}
	err := revoke.Run(t.Context(), &c.Console)
	if err == nil || err.Error() != "customer K1, application A1: there is no activation number that works for this customer and application" {
		t.Errorf("says %v", err)
	}
}

func TestNumberInWords(t *testing.T) {
	d := database(t)
	imported(t, d, people)
	c := newConsole("")
	issue := &NumberIssue{Database: d, whose: whose{"A1", "K2"}, Settings: desk.Defaults(), Send: true}
	if err := issue.Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	given := c.out.String()
	c = newConsole("")
	if err := (&NumberList{Database: d, JSON: true, State: "issued"}).Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	var issued []ListedNumber
	if err := json.Unmarshal(c.out.Bytes(), &issued); err != nil || len(issued) != 1 {
		t.Fatalf("issued %+v: %v", issued, err)
	}
	last := issued[0].LastDay.Long().EN
	if want := issued[0].Number[8:] + "\nworks up to and including " + last + "\n"; !strings.HasSuffix(given, want) || len(given) != len(want)+len("1234 5678 ") {
		t.Errorf("gave\n%s", given)
	}
	c = newConsole("")
	if err := (&NumberList{Database: d}).Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	const heading = "NUMBER          CUSTOMER  APPLICATION  ISSUED            LAST DAY    STATE\n**** **** 7733  K2        A1           2020-01-02 00:00  2020-07-02  revoked 20"
	if !strings.HasPrefix(c.out.String(), heading) || c.err.String() != "2 activation numbers\n" {
		t.Errorf("gave\n%s%s", c.out.String(), c.err.String())
	}
	c = newConsole("")
	if err := (&Stats{Database: d}).Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"\ncustomer              2\n", "\noutbox                1\n", "\nissued                    1\n", "\nrevoked                   1\n"} {
		if !strings.Contains(c.out.String(), line) {
			t.Errorf("no %q in\n%s", line, c.out.String())
		}
	}
}

func TestFlows(t *testing.T) {
	for _, name := range []string{"log in", "log-in"} {
		c := newConsole("")
		if err := (&Flows{Name: name}).Run(&c.Console); err != nil || !strings.HasPrefix(c.out.String(), "stateDiagram-v2\n    [*] --> ask_credentials\n") {
			t.Errorf("%s: %v\n%s", name, err, c.out.String())
		}
	}
	c := newConsole("")
	err := (&Flows{Name: "fly"}).Run(&c.Console)
	if _, is := errors.AsType[Usage](err); !is || !strings.Contains(err.Error(), "log-in") {
		t.Errorf("says %v", err)
	}
	if err := (&Flows{}).Run(&c.Console); err != nil || strings.Count(c.out.String(), "```mermaid\n") != len(flows.Flows()) {
		t.Errorf("%v\n%s", err, c.out.String())
	}
}

// A sample goes straight into a database, and again without a change.
func TestSample(t *testing.T) {
	c := newConsole("")
	if err := (&Sample{Customers: 50, Seed: 7, Today: transfer.SampleDay}).Run(&c.Console); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(c.err.String(), transfer.SamplePassword) {
		t.Errorf("said %q", c.err.String())
	}
	d := database(t)
	imported(t, d, c.out.String())
	if again := imported(t, d, c.out.String()); !strings.Contains(again.out.String(), "customers             0        0         50\n") {
		t.Errorf("gave\n%s", again.out.String())
	}
}

func TestBar(t *testing.T) {
	var line bytes.Buffer
	clock := clock.New()
	b := &bar{out: &line, now: clock.Now}
	for _, test := range []struct {
		done, all int64
		want      string
	}{
		{0, 200, "\rreading  [........................................]   0%\x1b[K"},
		{50, 200, "\rreading  [##########..............................]  25%\x1b[K"},
		{900, 200, "\rreading  [########################################] 100%\x1b[K"},
		{7 << 20, 0, "\rreading  7 MB\x1b[K"},
	} {
		line.Reset()
		clock.Move(barInterval)
		b.show("reading", test.done, test.all)
		if line.String() != test.want {
			t.Errorf("%d of %d: %q", test.done, test.all, line.String())
		}
	}
	line.Reset()
	b.show("reading", 1, 2)
	if line.Len() > 0 {
		t.Error("drawn anew at once")
	}
	(&bar{now: clock.Now}).show("reading", 1, 2) // nobody looks
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := count(n).String(); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
}

// TestTable: numbers stand at the right of their column, and nothing else does, even if
// it has digits only.
func TestTable(t *testing.T) {
	c := newConsole("")
	c.table([]string{"KEY", "RECORDS", "NUMBER", "USE"}, []row{{"18902828", count(1234), int64(7), "seals"}, {"3731fad6", count(0), int64(1000), ""}})
	const want = "KEY       RECORDS  NUMBER  USE\n18902828    1,234       7  seals\n3731fad6        0    1000\n"
	if got := c.out.String(); got != want {
		t.Errorf("got\n%s", got)
	}
}
