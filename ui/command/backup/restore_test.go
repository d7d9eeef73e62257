package backup

import (
	"path/filepath"
	"strings"
	"testing"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/maintain"
	"loket/ui/command/outbox"
	"loket/ui/exitcode"
)

// TestRestoreElsewhere makes a new database from a backup and a key file.
func TestRestoreElsewhere(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	text, _ := commandtest.MustRun(t, "", &BackupCommand{Database: d, OutputFile: console.OutputFile{File: console.StandardStream}})
	elsewhere := commandtest.NewDatabasePath(t)
	commandtest.MustFail(t, text, nil, &RestoreCommand{Database: elsewhere, File: console.StandardStream}, "the key file "+elsewhere.KeyFile()+" is not there")
	elsewhere.Keys = d.KeyFile()
	commandtest.MustFail(t, text[:len(text)-1], nil, &RestoreCommand{Database: elsewhere, File: console.StandardStream}, "-: nothing was restored: the backup is damaged or cut off: it ends too early")
	commandtest.MustFail(t, "text", nil, &RestoreCommand{Database: elsewhere, File: console.StandardStream}, "it is not a backup of loket")
	if left, _ := filepath.Glob(elsewhere.DB + "*"); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	if _, said := commandtest.MustRun(t, text, &RestoreCommand{Database: elsewhere, File: console.StandardStream}); !strings.HasPrefix(said, "Restored ") {
		t.Errorf("said %q", said)
	}
	want, _ := commandtest.MustRun(t, "", &maintain.StatsCommand{Database: d})
	got, _ := commandtest.MustRun(t, "", &maintain.StatsCommand{Database: elsewhere})
	if customers := "\ncustomer             80\n"; !strings.Contains(want, customers) || !strings.Contains(got, customers) {
		t.Errorf("had\n%s\nhas\n%s", want, got)
	}
	commandtest.MustRun(t, "", &maintain.CheckCommand{Database: elsewhere})

	commandtest.MustFail(t, text, nil, &RestoreCommand{Database: elsewhere, File: console.StandardStream}, "say --yes if you mean it")
	commandtest.MustRun(t, text, &RestoreCommand{Database: elsewhere, File: console.StandardStream, Yes: true})
	commandtest.MustFail(t, text, nil, &RestoreCommand{File: console.StandardStream}, "say with --db which database")
	commandtest.MustFail(t, "", nil, &RestoreCommand{Database: elsewhere, File: "/no/such/file"}, "no such file")

	other := commandtest.DatabaseWithSample(t)
	commandtest.MustFail(t, text, nil, &RestoreCommand{Database: other, File: console.StandardStream, Yes: true}, "the backup was not made with the key file "+other.KeyFile())
	commandtest.MustRun(t, "", &maintain.CheckCommand{Database: other})

	// This file is like the one that a killed restore leaves behind.
	blank := database.Database{DB: filepath.Join(t.TempDir(), "blank.db"), Keys: d.KeyFile()}
	engine, err := bolt.Create(blank.DB, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine.Close()
	commandtest.MustRun(t, text, &RestoreCommand{Database: blank, File: console.StandardStream})
	commandtest.MustRun(t, "", &maintain.CheckCommand{Database: blank})
}

// TestRestoreIntoTheOpenDesk checks that a restore over SSH changes everything at once, and that the desk continues.
func TestRestoreIntoTheOpenDesk(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	held := commandtest.OpenAsDesk(t, d)
	text, _ := commandtest.RunOverSSH(t, operators, held, "", exitcode.Done, "backup", "-")
	commandtest.RunOverSSH(t, operators, held, commandtest.PeopleImport, exitcode.Done, "import", "-")
	commandtest.MustFail(t, "", held, &BackupCommand{OutputFile: console.OutputFile{File: "file"}}, string(console.ErrFilesOverSSH))
	commandtest.MustFail(t, "", held, &RestoreCommand{File: "file"}, string(console.ErrFilesOverSSH))
	if _, said := commandtest.RunOverSSH(t, operators, held, text, exitcode.WrongUsage, "restore", "-"); !strings.Contains(said, "say --yes") {
		t.Errorf("said %q", said)
	}
	if _, said := commandtest.RunOverSSH(t, operators, held, text[:200], exitcode.Failed, "restore", "--yes", "-"); !strings.Contains(said, "cut off") {
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
	if _, said := commandtest.RunOverSSH(t, operators, held, text, exitcode.Done, "restore", "--yes", "-"); !strings.HasPrefix(said, "Restored ") {
		t.Errorf("said %q", said)
	}
	if exists() {
		t.Error("who came after the backup is still there")
	}
	commandtest.RunOverSSH(t, operators, held, "", exitcode.Done, "check")
	var log []string
	if err := held.Store.View(t.Context(), func(tx *store.Tx) error {
		for e := range auditlog.AllEntries(tx) {
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

// TestVisitsAfterARestore checks that a restore does not log out a visitor whose password is the same in the backup.
func TestVisitsAfterARestore(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	held := commandtest.OpenAsDesk(t, d)
	account := func(generation int) {
		t.Helper()
		if err := held.Store.Update(t.Context(), func(tx *store.Tx) error {
			tx.PutAccount(store.Account{Customer: "K1", Username: "anna", PasswordGeneration: generation})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	generation := func() (g int) {
		t.Helper()
		if err := held.Store.View(t.Context(), func(tx *store.Tx) error {
			a, _ := tx.Account("K1")
			g = a.PasswordGeneration
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return g
	}
	account(3)
	text, _ := commandtest.RunOverSSH(t, operators, held, "", exitcode.Done, "backup", "-")
	account(4)
	commandtest.RunOverSSH(t, operators, held, text, exitcode.Done, "restore", "--yes", "-")
	if g := generation(); g != 3 { // A visitor who logged in with the fourth password is then logged out.
		t.Errorf("generation %d", g)
	}
}

// TestMessagesAfterARestore checks that messages are held back after a restore, until an operator says that they must be sent.
func TestMessagesAfterARestore(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	commandtest.IssueNumber(t, d, "K2", true)
	text, _ := commandtest.MustRun(t, "", &BackupCommand{Database: d, OutputFile: console.OutputFile{File: console.StandardStream}})
	if _, said := commandtest.MustRun(t, text, &RestoreCommand{Database: d, File: console.StandardStream, Yes: true}); !strings.Contains(said, "\n1 message held back, ") {
		t.Errorf("said %q", said)
	}
	out, _ := commandtest.MustRun(t, "", &outbox.ListCommand{Database: d, State: store.MessageDead})
	if !strings.Contains(out, "restored from a backup: it may have been sent after that was made") {
		t.Errorf("gave\n%s", out)
	}
	commandtest.MustRun(t, "", &outbox.RetryCommand{Database: d, All: true})
	commandtest.MustRun(t, "", &maintain.CheckCommand{Database: d})
	if _, said := commandtest.MustRun(t, text, &RestoreCommand{Database: d, File: console.StandardStream, Yes: true, SendWaiting: true}); strings.Contains(said, "held back") {
		t.Errorf("said %q", said)
	}
	if out, _ := commandtest.MustRun(t, "", &outbox.ListCommand{Database: d, State: store.MessageWaiting}); !strings.Contains(out, "K2") {
		t.Errorf("gave\n%s", out)
	}
}
