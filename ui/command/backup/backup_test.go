package backup

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/command/feed"
	"loket/ui/command/maintain"
	"loket/ui/exitcode"
)

// grammar has the commands of package backup, and commands that show their effect.
type grammar struct {
	Import  feed.ImportCommand    `cmd:"" may:"operator"`
	Check   maintain.CheckCommand `cmd:"" may:"operator"`
	Backup  BackupCommand         `cmd:"" may:"operator"`
	Restore RestoreCommand        `cmd:"" may:"operator"`
	Copy    CopyCommand           `cmd:"" may:"operator"`
	Key     KeyCommands           `cmd:""`
}

var operators = dispatch.OperatorRunner{NewGrammar: func() any { return &grammar{} }}

func TestBackupToAFile(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	file := filepath.Join(t.TempDir(), "backup")
	if _, said := commandtest.MustRun(t, "", &BackupCommand{Database: d, OutputFile: console.OutputFile{File: file}}); !strings.HasPrefix(said, "Backed up ") {
		t.Errorf("said %q", said)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	first, _ := os.ReadFile(file)
	commandtest.MustFail(t, "", nil, &BackupCommand{Database: d, OutputFile: console.OutputFile{File: file}}, "is there already: say --force to write over it")
	commandtest.ImportFile(t, d, commandtest.PeopleImport)
	commandtest.MustRun(t, "", &BackupCommand{Database: d, OutputFile: console.OutputFile{File: file, Force: true}})
	if again, _ := os.ReadFile(file); bytes.Equal(first, again) || !bytes.HasPrefix(again, []byte("loket backup 1\n")) {
		t.Error("it was not written over")
	}
	if left, _ := filepath.Glob(file + "?*"); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	commandtest.MustFail(t, "", nil, &BackupCommand{Database: d, OutputFile: console.OutputFile{File: filepath.Join(file, "file")}}, "not a directory")
}

// readerSlow is a client that reads nothing before a function has run.
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

// TestOverSSHNobodyWaits checks that the transaction of a backup, or of a check, has ended before the client gets the first
// byte. So a slow client does not prevent deleted records from being overwritten.
func TestOverSSHNobodyWaits(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	held := commandtest.OpenAsDesk(t, d)
	if err := held.Store.Update(t.Context(), func(tx *store.Tx) error {
		tx.PutAccount(store.Account{Customer: "K0", Username: "of nobody"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for command, code := range map[string]int{"backup -": exitcode.Done, "check": exitcode.Failed} {
		c, wrote := commandtest.New(""), false
		c.Console.Out = &readerSlow{c.Console.Out, func() {
			wrote = true
			if err := held.Store.Scrub(t.Context()); err != nil {
				t.Errorf("%s: scrub: %v", command, err)
			}
		}}
		if _, ended := operators.RunCommand(t.Context(), database.RemoteSession(c.Console, held, commandtest.OperatorKeyHolder), strings.Fields(command)); ended != code || !wrote {
			t.Errorf("%s: ended with %d, wrote %t, said %q", command, ended, wrote, c.Stderr.String())
		}
		if left, err := filepath.Glob(filepath.Join(filepath.Dir(d.DB), ".*")); err != nil || len(left) > 0 {
			t.Errorf("%s: left %q, %v", command, left, err)
		}
	}
}
