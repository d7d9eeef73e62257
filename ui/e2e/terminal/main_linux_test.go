// Package terminal tests the program on a terminal: line by line and in full screen, as a demo and as a walk-in kiosk.
package terminal

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/ui/command"
	"loket/ui/e2e/driver"
	"loket/ui/exitcode"
)

func TestMain(m *testing.M) {
	failWhenTold()
	driver.TestMain(m)
}

// withCustomers returns a database with a few customers.
func withCustomers(t *testing.T) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "desk.db")
	file := filepath.Join(t.TempDir(), "sample.jsonl")
	into, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer into.Close()
	for _, args := range []string{"sample --customers 2", "import --db " + db + " " + file} {
		if code := command.Main(t.Context(), strings.Fields(args), nil, into, io.Discard); code != exitcode.Done {
			t.Fatal(args)
		}
	}
	return db
}
