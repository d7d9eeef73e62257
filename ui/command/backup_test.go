package command

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/transfer"
	"loket/store"
	"loket/store/bolt"
	"loket/ui/exitcode"
)

// A runner is a command.
type runner interface {
	Run(ctx context.Context, c *Console) error
}

// runs does a command that has to succeed, and gives what it gave and said.
func runs(t *testing.T, in string, command runner) (out, said string) {
	t.Helper()
	c := newConsole(in)
	if err := command.Run(t.Context(), &c.Console); err != nil {
		t.Fatal(err)
	}
	return c.out.String(), c.err.String()
}

// fails does a command that must not.
func fails(t *testing.T, in string, held *Held, command runner, want string) {
	t.Helper()
	c := newConsole(in)
	c.Held = held
	err := command.Run(t.Context(), &c.Console)
	if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("says %v, want %q", err, want)
	}
}

// heldOpen is a desk that has a database open.
func heldOpen(t *testing.T, d Database) *Held {
	t.Helper()
	s, err := d.open(t.Context(), clock.New())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &Held{Database: d, Store: s, Settings: desk.Defaults()}
}

// overSSH does a command on a database that is held, by way of the command line.
func overSSH(t *testing.T, held *Held, in string, want int, args ...string) (out, said string) {
	t.Helper()
	c := newConsole(in)
	if _, code := Operate(t.Context(), held, "SHA256:abc", args, &c.Console); code != want {
		t.Fatalf("%q ended with %d: %s", args, code, c.err.String())
	}
	return c.out.String(), c.err.String()
}

// sampled is a database with customers of every kind.
func sampled(t *testing.T) Database {
	t.Helper()
	d := database(t)
	c := newConsole("")
	if err := (&Sample{Customers: 80, Seed: 3, Today: transfer.SampleDay}).Run(&c.Console); err != nil {
		t.Fatal(err)
	}
	imported(t, d, c.out.String())
	return d
}

// TestCheckOfASample: what an import brings has no problems.
func TestCheckOfASample(t *testing.T) {
	d := sampled(t)
	if out, said := runs(t, "", &Check{Database: d}); out != "" || !strings.HasPrefix(said, "Looked at ") {
		t.Errorf("gave %q, said %q", out, said)
	}
	var found checked
	out, _ := runs(t, "", &Check{Database: d, JSON: true})
	if err := json.Unmarshal([]byte(out), &found); err != nil || found.Problems == nil || len(found.Problems) > 0 || found.Records < 400 {
		t.Errorf("gave %s: %v", out, err)
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	d := sampled(t)
	engine, err := bolt.Open(d.DB, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Update(t.Context(), func(kv store.KV) error { kv.Put("tries/x", []byte("nonsense")); return nil }); err != nil {
		t.Fatal(err)
	}
	engine.Close()
	c := newConsole("")
	if code := Run(t.Context(), &Operator{}, []string{"check", "--db", d.DB}, &c.Console); code != exitcode.Failed ||
		c.out.String() != "tries x: cannot be unsealed\n" || !strings.HasSuffix(c.err.String(), "loket: found 1 problem\n") {
		t.Errorf("ended with %d, gave %q, said %q", code, c.out.String(), c.err.String())
	}
	c = newConsole("")
	if code := Run(t.Context(), &Operator{}, []string{"check", "--json", "--db", d.DB}, &c.Console); code != exitcode.Failed || !strings.Contains(c.out.String(), `"table": "tries"`) {
		t.Errorf("ended with %d, gave %q", code, c.out.String())
	}
}

func TestBackupToAFile(t *testing.T) {
	d := sampled(t)
	file := filepath.Join(t.TempDir(), "backup")
	if _, said := runs(t, "", &Backup{Database: d, NewFile: NewFile{File: file}}); !strings.HasPrefix(said, "Backed up ") {
		t.Errorf("said %q", said)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	first, _ := os.ReadFile(file)
	fails(t, "", nil, &Backup{Database: d, NewFile: NewFile{File: file}}, "is there already: say --force to write over it")
	imported(t, d, people)
	runs(t, "", &Backup{Database: d, NewFile: NewFile{File: file, Force: true}})
	if again, _ := os.ReadFile(file); bytes.Equal(first, again) || !bytes.HasPrefix(again, []byte("loket backup 1\n")) {
		t.Error("it was not written over")
	}
	if left, _ := filepath.Glob(file + "?*"); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	fails(t, "", nil, &Backup{Database: d, NewFile: NewFile{File: filepath.Join(file, "file")}}, "not a directory")
}

// readerSlow is a client who does not read before something has been done.
type readerSlow struct {
	io.Writer
	first func()
}

func (r *readerSlow) Write(p []byte) (int, error) {
	if r.first != nil {
		r.first()
		r.first = nil
	}
	return r.Writer.Write(p)
}

// TestOverSSHNobodyWaits: when a client gets the first byte of a backup, or of what
// is wrong, nobody reads the database any more, so that it can be scrubbed.
func TestOverSSHNobodyWaits(t *testing.T) {
	d := sampled(t)
	held := heldOpen(t, d)
	if err := held.Store.Update(t.Context(), func(tx *store.Tx) error {
		tx.PutAccount(store.Account{Customer: "K0", Username: "of nobody"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for command, code := range map[string]int{"backup -": exitcode.Done, "check": exitcode.Failed} {
		c, wrote := newConsole(""), false
		c.Console.Out = &readerSlow{c.Console.Out, func() {
			wrote = true
			if err := held.Store.Scrub(t.Context()); err != nil {
				t.Errorf("%s: scrub: %v", command, err)
			}
		}}
		if _, ended := Operate(t.Context(), held, "SHA256:abc", strings.Fields(command), &c.Console); ended != code || !wrote {
			t.Errorf("%s: ended with %d, wrote %t, said %q", command, ended, wrote, c.err.String())
		}
		if left, err := filepath.Glob(filepath.Join(filepath.Dir(d.DB), ".*")); err != nil || len(left) > 0 {
			t.Errorf("%s: left %q, %v", command, left, err)
		}
	}
}

// TestFilesThatAreThere stay unless somebody says --force.
func TestFilesThatAreThere(t *testing.T) {
	d := sampled(t)
	for name, command := range map[string]func(NewFile) runner{
		"backup":       func(f NewFile) runner { return &Backup{Database: d, NewFile: f} },
		"export":       func(f NewFile) runner { return &Export{Database: d, NewFile: f} },
		"audit export": func(f NewFile) runner { return &AuditExport{Database: d, NewFile: f} },
	} {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		fails(t, "", nil, command(NewFile{File: file}), "is there already: say --force to write over it")
		if text, err := os.ReadFile(file); string(text) != "mine" {
			t.Errorf("%s: left %q, %v", name, text, err)
		}
		runs(t, "", command(NewFile{File: file, Force: true}))
		if text, err := os.ReadFile(file); err != nil || string(text) == "mine" {
			t.Errorf("%s: was not written, %v", name, err)
		}
		fails(t, "", nil, command(NewFile{File: filepath.Dir(file), Force: true}), "is no file")
	}
}

// TestRestoreElsewhere makes a database of a backup and a key file.
func TestRestoreElsewhere(t *testing.T) {
	d := sampled(t)
	text, _ := runs(t, "", &Backup{Database: d, NewFile: NewFile{File: standard}})
	elsewhere := database(t)
	fails(t, text, nil, &Restore{Database: elsewhere, File: standard}, "the key file "+elsewhere.keyFile()+" is not there")
	elsewhere.Keys = d.keyFile()
	fails(t, text[:len(text)-1], nil, &Restore{Database: elsewhere, File: standard}, "-: nothing was restored: the backup is damaged or cut off: it ends too early")
	fails(t, "text", nil, &Restore{Database: elsewhere, File: standard}, "it is not a backup of loket")
	if left, _ := filepath.Glob(elsewhere.DB + "*"); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	if _, said := runs(t, text, &Restore{Database: elsewhere, File: standard}); !strings.HasPrefix(said, "Restored ") {
		t.Errorf("said %q", said)
	}
	want, _ := runs(t, "", &Stats{Database: d})
	got, _ := runs(t, "", &Stats{Database: elsewhere})
	if customers := "\ncustomer             80\n"; !strings.Contains(want, customers) || !strings.Contains(got, customers) {
		t.Errorf("had\n%s\nhas\n%s", want, got)
	}
	runs(t, "", &Check{Database: elsewhere})

	fails(t, text, nil, &Restore{Database: elsewhere, File: standard}, "say --yes if you mean it")
	runs(t, text, &Restore{Database: elsewhere, File: standard, Yes: true})
	fails(t, text, nil, &Restore{File: standard}, "say with --db which database")
	fails(t, "", nil, &Restore{Database: elsewhere, File: "/no/such/file"}, "no such file")

	other := sampled(t)
	fails(t, text, nil, &Restore{Database: other, File: standard, Yes: true}, "the backup was not made with the key file "+other.keyFile())
	runs(t, "", &Check{Database: other})

	blank := Database{DB: filepath.Join(t.TempDir(), "blank.db"), Keys: d.keyFile()} // of a restore that was killed
	engine, err := bolt.Create(blank.DB, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine.Close()
	runs(t, text, &Restore{Database: blank, File: standard})
	runs(t, "", &Check{Database: blank})
}

// TestRestoreIntoTheOpenDesk: over SSH everything changes at once, and the desk
// goes on.
func TestRestoreIntoTheOpenDesk(t *testing.T) {
	d := sampled(t)
	held := heldOpen(t, d)
	text, _ := overSSH(t, held, "", exitcode.Done, "backup", "-")
	overSSH(t, held, people, exitcode.Done, "import", "-")
	fails(t, "", held, &Backup{NewFile: NewFile{File: "file"}}, string(errElsewhere))
	fails(t, "", held, &Restore{File: "file"}, string(errElsewhere))
	if _, said := overSSH(t, held, text, exitcode.WrongUsage, "restore", "-"); !strings.Contains(said, "say --yes") {
		t.Errorf("said %q", said)
	}
	if _, said := overSSH(t, held, text[:200], exitcode.Failed, "restore", "--yes", "-"); !strings.Contains(said, "cut off") {
		t.Errorf("said %q", said)
	}
	exists := func() (found bool) {
		if err := held.Store.View(t.Context(), func(tx *store.Tx) error { _, found = tx.Customer("K1"); return nil }); err != nil {
			t.Error(err)
		}
		return found
	}
	if !exists() {
		t.Error("a backup that was refused changed something")
	}
	if _, said := overSSH(t, held, text, exitcode.Done, "restore", "--yes", "-"); !strings.HasPrefix(said, "Restored ") {
		t.Errorf("said %q", said)
	}
	if exists() {
		t.Error("who came after the backup is still there")
	}
	overSSH(t, held, "", exitcode.Done, "check")
	var log []string
	if err := held.Store.View(t.Context(), func(tx *store.Tx) error {
		for e := range tx.AuditEntries() {
			log = append(log, strings.Join([]string{e.Operator, e.Step, e.Outcome}, " "))
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	all := strings.Join(log, "\n")
	for _, line := range []string{"SHA256:abc backup asked for\n", " restore restored from a backup of ", "SHA256:abc restore done\n"} {
		if !strings.Contains(all, line) {
			t.Errorf("no %q in\n%s", line, all)
		}
	}
}

// TestVisitsAfterARestore: a visitor stays logged in if their password is the one
// that it was.
func TestVisitsAfterARestore(t *testing.T) {
	d := database(t)
	imported(t, d, people)
	held := heldOpen(t, d)
	account := func(generation int) {
		t.Helper()
		if err := held.Store.Update(t.Context(), func(tx *store.Tx) error {
			tx.PutAccount(store.Account{Customer: "K1", Username: "anna", Generation: generation})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	generation := func() (g int) {
		t.Helper()
		if err := held.Store.View(t.Context(), func(tx *store.Tx) error {
			a, _ := tx.Account("K1")
			g = a.Generation
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return g
	}
	account(3)
	text, _ := overSSH(t, held, "", exitcode.Done, "backup", "-")
	account(4)
	overSSH(t, held, text, exitcode.Done, "restore", "--yes", "-")
	if g := generation(); g != 3 { // so that who logged in with the fourth is logged out
		t.Errorf("generation %d", g)
	}
}

// TestMessagesAfterARestore are held back, and sent when an operator says so.
func TestMessagesAfterARestore(t *testing.T) {
	d := database(t)
	imported(t, d, people)
	runs(t, "", &NumberIssue{Database: d, whose: whose{"A1", "K2"}, Settings: desk.Defaults(), Send: true})
	text, _ := runs(t, "", &Backup{Database: d, NewFile: NewFile{File: standard}})
	if _, said := runs(t, text, &Restore{Database: d, File: standard, Yes: true}); !strings.Contains(said, "\n1 message held back, ") {
		t.Errorf("said %q", said)
	}
	out, _ := runs(t, "", &OutboxList{Database: d, State: store.MessageDead})
	if !strings.Contains(out, "restored from a backup: it may have been sent after that was made") {
		t.Errorf("gave\n%s", out)
	}
	runs(t, "", &OutboxRetry{Database: d, All: true})
	runs(t, "", &Check{Database: d})
	if _, said := runs(t, text, &Restore{Database: d, File: standard, Yes: true, SendWaiting: true}); strings.Contains(said, "held back") {
		t.Errorf("said %q", said)
	}
	if out, _ := runs(t, "", &OutboxList{Database: d, State: store.MessageWaiting}); !strings.Contains(out, "K2") {
		t.Errorf("gave\n%s", out)
	}
}

func TestKeys(t *testing.T) {
	d := sampled(t)
	list := func() (keys []listedKey) {
		t.Helper()
		out, _ := runs(t, "", &KeyList{Database: d, JSON: true})
		if err := json.Unmarshal([]byte(out), &keys); err != nil {
			t.Fatal(err)
		}
		return keys
	}
	first := list()
	text, _ := runs(t, "", &Backup{Database: d, NewFile: NewFile{File: standard}})
	if _, said := runs(t, "", &KeyRotate{Database: d}); !strings.Contains(said, "under the new key ") {
		t.Errorf("said %q", said)
	}
	second := list()
	if len(first) != 1 || len(second) != 2 || !second[0].Primary || second[0].Records < first[0].Records || second[1].Records != 0 || second[1].ID != first[0].ID {
		t.Errorf("first %+v, second %+v", first, second)
	}
	if out, _ := runs(t, "", &KeyList{Database: d}); !strings.HasPrefix(out, "KEY       RECORDS  USE\n"+second[0].ID) || !strings.HasSuffix(out, "  opens only\n") {
		t.Errorf("gave\n%s", out)
	}
	runs(t, text, &Restore{Database: d, File: standard, Yes: true})
	if _, said := runs(t, "", &KeyRotate{Database: d, Forget: true}); !strings.Contains(said, "completes") || !strings.Contains(said, "Forgot 1 older key.\n") {
		t.Errorf("said %q", said)
	}
	if left := list(); len(left) != 1 || left[0].ID != second[0].ID {
		t.Errorf("left %+v", left)
	}
	runs(t, "", &Check{Database: d})
	fails(t, text, nil, &Restore{Database: d, File: standard, Yes: true}, "or under keys that were forgotten since")
}

// TestRotateWhileTheDeskIsOpen, which then seals under the new key.
func TestRotateWhileTheDeskIsOpen(t *testing.T) {
	d := sampled(t)
	held := heldOpen(t, d)
	overSSH(t, held, "", exitcode.Done, "key", "rotate", "--forget")
	overSSH(t, held, people, exitcode.Done, "import", "-")
	overSSH(t, held, "", exitcode.Done, "check")
	if err := held.Store.Close(); err != nil {
		t.Fatal(err)
	}
	runs(t, "", &Check{Database: d})
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(d.keyFile()), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left %q, %v", left, err)
	}
}
