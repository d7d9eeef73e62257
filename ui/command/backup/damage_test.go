package backup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/store"
	"loket/store/bolt"
	"loket/store/kvdb"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// damages flips a bit of one record of a table, and returns the name of the record.
func damages(t *testing.T, d database.Database, table string) (name string) {
	t.Helper()
	engine, err := bolt.Open(d.DB, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if err := engine.Update(t.Context(), func(kv kvdb.KV) error {
		for key, value := range kv.Scan(table + "/") {
			of, record := store.RecordName(key)
			name = of + " " + record
			value[len(value)/2] ^= 1
			kv.Put(key, value)
			return nil
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestDamagedDatabase checks that a backup of a damaged database names the damaged record, fails, and overwrites no file.
// Restoring that backup fails too, or restores all other records if a flag says so.
func TestDamagedDatabase(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	folder := t.TempDir()
	good, bad := filepath.Join(folder, "good"), filepath.Join(folder, "bad")
	commandtest.MustRun(t, "", &BackupCommand{Database: d, OutputFile: console.OutputFile{File: good}})
	before, _ := os.ReadFile(good)
	name := damages(t, d, store.CustomerTable)
	commandtest.MustFail(t, "", nil, &BackupCommand{Database: d, OutputFile: console.OutputFile{File: good, Force: true}}, "the database is damaged, and nothing was written over "+good+": a record cannot be unsealed: "+name)
	if after, err := os.ReadFile(good); err != nil || string(after) != string(before) {
		t.Errorf("the good one was written over: %v", err)
	}
	commandtest.MustFail(t, "", nil, &BackupCommand{Database: d, OutputFile: console.OutputFile{File: bad}}, "the database is damaged, and so is the backup: a record cannot be unsealed: "+name)
	commandtest.MustFail(t, "", nil, &CopyCommand{From: d.DB, To: filepath.Join(folder, "copy")}, d.DB+" is damaged, and there is no copy: a record cannot be unsealed: "+name)
	elsewhere := database.Database{DB: filepath.Join(folder, "db"), Keys: d.KeyFile()}
	commandtest.MustFail(t, "", nil, &RestoreCommand{Database: elsewhere, File: bad}, bad+": nothing was restored: the backup is damaged: a record cannot be unsealed: "+name+"; to restore the others, say --leave-damaged")
	if _, err := os.Stat(elsewhere.DB); err == nil {
		t.Error("something was restored")
	}
	if _, said := commandtest.MustRun(t, "", &RestoreCommand{Database: elsewhere, File: bad, LeaveDamaged: true}); !strings.Contains(said, "Left out: a record cannot be unsealed: "+name) {
		t.Errorf("said %q", said)
	}
	commandtest.MustRun(t, "", &BackupCommand{Database: elsewhere, OutputFile: console.OutputFile{File: filepath.Join(folder, "whole")}})
}
