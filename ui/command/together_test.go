package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/ui/command/audit"
	"loket/ui/command/backup"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/command/feed"
	"loket/ui/exitcode"
)

// TestFilesThatAreThere checks that existing files are overwritten only with --force.
func TestFilesThatAreThere(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	for name, command := range map[string]func(console.OutputFile) commandtest.Command{
		"backup": func(f console.OutputFile) commandtest.Command {
			return &backup.BackupCommand{Database: d, OutputFile: f}
		},
		"export": func(f console.OutputFile) commandtest.Command { return &feed.ExportCommand{Database: d, OutputFile: f} },
		"audit export": func(f console.OutputFile) commandtest.Command {
			return &audit.ExportCommand{Database: d, OutputFile: f}
		},
	} {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		commandtest.MustFail(t, "", nil, command(console.OutputFile{File: file}), "is there already: say --force to write over it")
		if text, err := os.ReadFile(file); string(text) != "mine" {
			t.Errorf("%s: left %q, %v", name, text, err)
		}
		commandtest.MustRun(t, "", command(console.OutputFile{File: file, Force: true}))
		if text, err := os.ReadFile(file); err != nil || string(text) == "mine" {
			t.Errorf("%s: was not written, %v", name, err)
		}
		commandtest.MustFail(t, "", nil, command(console.OutputFile{File: filepath.Dir(file), Force: true}), "is no file")
	}
}

// TestExportAndRetentionOverSSH checks that an operator over SSH cannot name files, and that retention uses the settings of
// the open desk.
func TestExportAndRetentionOverSSH(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	commandtest.AcceptClock(t, d)
	c := commandtest.New("")
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error {
		held := &database.OpenDatabase{Database: d, Store: s, Settings: desk.DefaultSettings(), Retention: maintenance.Settings{UsedNumbers: 100_000 * time.Hour}}
		for _, test := range []struct {
			args []string
			code int
			want string
		}{
			{[]string{"export", "/tmp/x"}, exitcode.WrongUsage, string(console.ErrFilesOverSSH)},
			{[]string{"export", "-"}, exitcode.Done, "Exported 2 customers"},
			{[]string{"retention", "--json", "--set-keep-used-numbers", "1h"}, exitcode.Done, ""},
		} {
			c := commandtest.New("")
			c.CommandSession = *database.RemoteSession(c.Console, held, commandtest.OperatorKeyHolder)
			if code := dispatch.Run(t.Context(), &operatorCommands{}, test.args, &c.CommandSession); code != test.code || !strings.Contains(c.Stderr.String(), test.want) {
				t.Errorf("%q: %d, %s", test.args, code, c.Stderr.String())
			}
			if strings.Contains(c.Stdout.String(), `"activation_numbers": 1`) {
				t.Errorf("removed what the desk that is open is to keep: %s", c.Stdout.String())
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
