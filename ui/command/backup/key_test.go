package backup

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/maintain"
	"loket/ui/exitcode"
)

func TestKeys(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	list := func() (keys []listedKey) {
		t.Helper()
		out, _ := commandtest.MustRun(t, "", &KeyListCommand{Database: d, JSON: true})
		if err := json.Unmarshal([]byte(out), &keys); err != nil {
			t.Fatal(err)
		}
		return keys
	}
	first := list()
	text, _ := commandtest.MustRun(t, "", &BackupCommand{Database: d, OutputFile: console.OutputFile{File: console.StandardStream}})
	if _, said := commandtest.MustRun(t, "", &KeyRotateCommand{Database: d}); !strings.Contains(said, "under the new key ") {
		t.Errorf("said %q", said)
	}
	second := list()
	if len(first) != 1 || len(second) != 2 || !second[0].Primary || second[0].Records < first[0].Records || second[1].Records != 0 || second[1].ID != first[0].ID {
		t.Errorf("first %+v, second %+v", first, second)
	}
	if out, _ := commandtest.MustRun(t, "", &KeyListCommand{Database: d}); !strings.HasPrefix(out, "KEY       RECORDS  USE\n"+second[0].ID) || !strings.HasSuffix(out, "  opens only\n") {
		t.Errorf("gave\n%s", out)
	}
	commandtest.MustRun(t, text, &RestoreCommand{Database: d, File: console.StandardStream, Yes: true})
	if _, said := commandtest.MustRun(t, "", &KeyRotateCommand{Database: d, Forget: true}); !strings.Contains(said, "completes") || !strings.Contains(said, "Forgot 1 older key.\n") {
		t.Errorf("said %q", said)
	}
	if left := list(); len(left) != 1 || left[0].ID != second[0].ID {
		t.Errorf("left %+v", left)
	}
	commandtest.MustRun(t, "", &maintain.CheckCommand{Database: d})
	commandtest.MustFail(t, text, nil, &RestoreCommand{Database: d, File: console.StandardStream, Yes: true}, "or under keys that were forgotten since")
}

// TestRotateWhileTheDeskIsOpen checks that an open desk encrypts with the new key after a rotation.
func TestRotateWhileTheDeskIsOpen(t *testing.T) {
	d := commandtest.DatabaseWithSample(t)
	held := commandtest.OpenAsDesk(t, d)
	commandtest.RunOverSSH(t, operators, held, "", exitcode.Done, "key", "rotate", "--forget")
	commandtest.RunOverSSH(t, operators, held, commandtest.PeopleImport, exitcode.Done, "import", "-")
	commandtest.RunOverSSH(t, operators, held, "", exitcode.Done, "check")
	if err := held.Store.Close(); err != nil {
		t.Fatal(err)
	}
	commandtest.MustRun(t, "", &maintain.CheckCommand{Database: d})
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(d.KeyFile()), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left %q, %v", left, err)
	}
}
