package database_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/store/keyring"
	"loket/ui/command/commandtest"
	"loket/ui/command/database"
	"loket/ui/command/maintain"
)

func TestReasonsNotToOpen(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	other := database.Database{DB: filepath.Join(t.TempDir(), "other.db")}
	commandtest.ImportFile(t, other, commandtest.PeopleImport)
	nowhere := filepath.Join(t.TempDir(), "none.db")
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("text\n", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		database.Database
		says string
	}{
		"no database":   {database.Database{DB: nowhere}, "there is no database " + nowhere + "; make one with: loket import --db " + nowhere + " data.jsonl"},
		"no key file":   {database.Database{DB: d.DB, Keys: nowhere}, "the key file " + nowhere + " is not there, and without it nobody can read " + d.DB + ": put it back, or say where it is with --keys"},
		"other keys":    {database.Database{DB: d.DB, Keys: other.KeyFile()}, "the key file " + other.KeyFile() + " belongs to another database than " + d.DB + ", or lacks the key that it was sealed under since"},
		"not one":       {database.Database{DB: text, Keys: d.KeyFile()}, text + " cannot be used: open " + text + ": invalid database"},
		"not key files": {database.Database{DB: d.DB, Keys: text}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := (&maintain.StatsCommand{Database: test.Database}).Run(t.Context(), &commandtest.New("").CommandSession)
			if err == nil || test.says != "" && err.Error() != test.says || strings.Contains(err.Error(), "\n") {
				t.Errorf("says %v", err)
			}
		})
	}
	if _, err := d.Open(t.Context(), clock.New()); err != nil {
		t.Errorf("it does not open any more: %v", err)
	}
}

func TestInUse(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	s, err := d.Open(t.Context(), clock.New())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = (&maintain.StatsCommand{Database: d}).Run(t.Context(), &commandtest.New("").CommandSession)
	if err == nil || !strings.HasPrefix(err.Error(), "another process has the database "+d.DB+" open, and takes no such command from here: stop it first. ") {
		t.Errorf("says %v", err)
	}
}

// TestKeyFileWithoutDatabase checks that a key file that an interrupted command left behind is used instead of being replaced.
func TestKeyFileWithoutDatabase(t *testing.T) {
	d := commandtest.NewDatabasePath(t)
	if _, err := keyring.CreateKeyFile(d.KeyFile()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(d.KeyFile())
	if err != nil {
		t.Fatal(err)
	}
	commandtest.ImportFile(t, d, commandtest.PeopleImport)
	if after, err := os.ReadFile(d.KeyFile()); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the key file is another one: %v", err)
	}
}
