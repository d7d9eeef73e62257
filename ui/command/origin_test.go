package command

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/database"
	"loket/ui/exitcode"
)

// origin has the database that is copied for each command, and the files that commands read.
type origin struct{ db, backup, terminals, people, config, message string }

func newOrigin(t *testing.T) origin {
	t.Helper()
	d := commandtest.DatabaseWithAccount(t)
	commandtest.IssueNumber(t, d, "K1", true)
	commandtest.AcceptClock(t, d)
	if err := d.WithStore(t.Context(), &commandtest.New("").CommandSession, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			a, _ := tx.Account("K2")
			a.UserHandle, a.Passkeys = []byte("handle"), []store.Passkey{{ID: []byte("idof1"), PublicKey: []byte("public1"), Name: "Toestel"}}
			tx.PutAccount(a)
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	o := origin{
		db: d.DB, backup: filepath.Join(dir, "backup"), terminals: filepath.Join(dir, "terminals"), people: filepath.Join(dir, "people"), config: filepath.Join(dir, "config"),
		message: commandtest.MessagesInState(t, d, store.MessageWaiting)[0].ID,
	}
	const key = `terminal="Utrecht 1" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f`
	if err := errors.Join(os.WriteFile(o.terminals, []byte(key), 0o600), os.WriteFile(o.people, []byte(commandtest.MorePeopleImport), 0o600), os.WriteFile(o.config, []byte("plain = true"), 0o600)); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if code := Main(t.Context(), []string{"backup", "--db", o.db, o.backup}, nil, &said, &said); code != exitcode.Done {
		t.Fatal(said.String())
	}
	return o
}

// copied copies the database, and returns the arguments of a command with the paths of files
// filled in.
func (o origin) copied(t *testing.T, args string) (database.Database, string) {
	t.Helper()
	dir := t.TempDir()
	d := database.Database{DB: filepath.Join(dir, "desk")}
	o.copyTo(t, d)
	return d, o.named(args, d.DB, dir)
}

// copyTo copies the database to a path.
func (o origin) copyTo(t *testing.T, d database.Database) {
	t.Helper()
	for from, to := range map[string]string{o.db: d.DB, o.db + ".key": d.KeyFile()} {
		if err := copyFile(from, to); err != nil {
			t.Fatal(err)
		}
	}
}

// copyFile copies a file to a new one. It leaves holes for zeros, because most of a small database is room for later, and writing that
// 300 times took half of the time of the tests.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	part, zeros := make([]byte, 64<<10), make([]byte, 64<<10)
	var size int64
	for err == nil {
		var n int
		if n, err = in.Read(part); bytes.Equal(part[:n], zeros[:n]) {
			size += int64(n)
			continue
		}
		if _, failure := out.WriteAt(part[:n], size); failure != nil {
			err = failure
		}
		size += int64(n)
	}
	if err == io.EOF {
		err = out.Truncate(size)
	}
	return errors.Join(err, out.Close())
}

// named returns the arguments of a command with the paths of files filled in. New files are in a
// folder.
func (o origin) named(args, db, dir string) string {
	return strings.NewReplacer("DB", db, "FILE", filepath.Join(dir, "new"), "SPOOL", dir, "ID", o.message,
		"PEOPLE", o.people, "COPY", o.backup, "CONFIG", o.config, "KEYS", o.terminals).Replace(args)
}
