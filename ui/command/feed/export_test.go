package feed

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/ui/command/commandtest"
	"loket/ui/exitcode"
)

// grammar has the commands of package feed.
type grammar struct {
	Export ExportCommand `cmd:""`
}

func TestExport(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	name := filepath.Join(t.TempDir(), "export.jsonl")
	for _, args := range [][]string{{"export", name}, {"export", "--force", name}} {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", args...)
		const want = "Exported 2 customers, 2 products, 1 application and 1 account.\nLeft out 1 activation number: their digits are kept nowhere.\n"
		if code != exitcode.Done || c.Stderr.String() != want {
			t.Errorf("%d\n%s", code, c.Stderr.String())
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
	written, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "export", "-", "--json")
	if code != exitcode.Done || c.Stdout.String() != string(written) || !strings.Contains(c.Stderr.String(), `"activation_numbers_left_out": 1`) {
		t.Errorf("%d\n%s%s", code, c.Stdout.String(), c.Stderr.String())
	}
	again := commandtest.NewDatabasePath(t)
	commandtest.ImportFile(t, again, c.Stdout.String())
	if c, _ := commandtest.RunCommandLine(t, &grammar{}, again, "", "export", "-"); c.Stdout.String() != string(written) {
		t.Errorf("exported again\n%s", c.Stdout.String())
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(name), "*")); err != nil || len(left) != 1 {
		t.Errorf("left are %q, %v", left, err)
	}
}

// TestExportLeavesOutPhones checks that an export of all customers, or of one customer, leaves out phones and says so.
func TestExportLeavesOutPhones(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	before, _ := commandtest.RunCommandLine(t, &grammar{}, d, "", "export", "-")
	commandtest.PairPhones(t, d)
	for _, args := range [][]string{{"export", "-"}, {"export", "-", "--customer", "K2"}} {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", args...)
		if code != exitcode.Done || len(args) == 2 && c.Stdout.String() != before.Stdout.String() || strings.Contains(c.Stdout.String(), "Telefoon") {
			t.Errorf("%d\n%s", code, c.Stdout.String())
		}
		if !strings.Contains(c.Stderr.String(), "Left out 2 phones: their owners pair them anew elsewhere.\n") {
			t.Errorf("said %s", c.Stderr.String())
		}
	}
}

func TestExportOfOne(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "export", "-", "--customer", "K1")
	if code != exitcode.Done || strings.Count(c.Stdout.String(), "\n") != 3 || strings.Contains(c.Stdout.String(), "Bakhuis") {
		t.Errorf("%d\n%s", code, c.Stdout.String())
	}
	name := filepath.Join(t.TempDir(), "export.jsonl")
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "export", name, "--customer", "K9"); code != exitcode.Failed || !strings.HasSuffix(c.Stderr.String(), "there is no such customer\n") {
		t.Errorf("%d, %s", code, c.Stderr.String())
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a file of nobody: %v", err)
	}
	dir := t.TempDir()
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "export", dir); code != exitcode.Failed || !strings.Contains(c.Stderr.String(), "is no file") {
		t.Errorf("%d, %s", code, c.Stderr.String())
	}
}
