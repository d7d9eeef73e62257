package command

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"loket/ui/command/commandtest"
	"loket/ui/command/control"
	"loket/ui/command/database"
	"loket/ui/exitcode"
)

// refusedBeside maps the commands that refuse to work on a database that a desk has open to their errors.
var refusedBeside = map[string]string{
	"outbox send": "the desk that is open here sends messages by itself",
	"copy":        "stop it first",
	"migrate":     "stop it first",
}

// once matches commands that remove the records on which they work, and so can run only once.
var once = regexp.MustCompile(`erase|unpair|revoke|drop|activate`)

// TestBesideDesk runs every command about a database while a kiosk has the database open. The command lines are the same as
// without a kiosk.
func TestBesideDesk(t *testing.T) {
	origin := newOrigin(t)
	shared, folder := origin.besideKiosk(t)
	for _, line := range results {
		args, quiet := strings.CutPrefix(line, "quiet ")
		if strings.Contains(args, "--json") || !strings.Contains(args, " DB") || strings.HasPrefix(args, "kiosk") || strings.HasPrefix(args, "serve") {
			continue
		}
		t.Run(line, func(t *testing.T) {
			d := shared
			if once.MatchString(args) {
				d, _ = origin.besideKiosk(t)
			}
			defer os.Remove(filepath.Join(folder, "new"))
			var wrote, said bytes.Buffer
			code := Main(t.Context(), strings.Fields(origin.named(args, d.DB, folder)), strings.NewReader("K1\n"), &wrote, &said)
			for name, reason := range refusedBeside {
				if strings.HasPrefix(args, name) {
					if code == exitcode.Done || !strings.Contains(said.String(), reason) {
						t.Errorf("exit code %d: %s", code, &said)
					}
					return
				}
			}
			if code != exitcode.Done || (wrote.Len() == 0) != quiet {
				t.Errorf("exit code %d, wrote %d bytes: %s", code, wrote.Len(), &said)
			}
			wrote.Reset()
			if Main(t.Context(), []string{"audit", "list", "--db", d.DB}, strings.NewReader(""), &wrote, &said); !strings.Contains(wrote.String(), control.CurrentUser()) {
				t.Errorf("the audit log names nobody:\n%s", &wrote)
			}
			if _, err := os.Stat(filepath.Join(folder, "new")); (err == nil) != strings.Contains(args, "FILE") {
				t.Errorf("the file: %v", err)
			}
		})
	}
}

// TestUnwrittenBesideDesk checks that an open desk does nothing that cannot be undone if the disk is full on which the
// command's output is written.
func TestUnwrittenBesideDesk(t *testing.T) {
	origin := newOrigin(t)
	for _, line := range []string{"number issue --db DB --application A1 --customer K1", "customer erase --db DB K1"} {
		t.Run(line, func(t *testing.T) {
			d, folder := origin.besideKiosk(t)
			before := listedNumbers(t, d)
			var said bytes.Buffer
			code := Main(t.Context(), strings.Fields(origin.named(line, d.DB, folder)), strings.NewReader("K1\n"), fullDisk(t), &said)
			if code != exitcode.Failed || !strings.Contains(said.String(), "no space left on device") {
				t.Errorf("exit code %d: %s", code, &said)
			}
			if after := listedNumbers(t, d); before != after {
				t.Errorf("the numbers were\n%s\nand are\n%s", before, after)
			}
		})
	}
}

func listedNumbers(t *testing.T, d database.Database) string {
	t.Helper()
	var wrote, said bytes.Buffer
	if code := Main(t.Context(), []string{"number", "list", "--db", d.DB}, strings.NewReader(""), &wrote, &said); code != exitcode.Done {
		t.Fatal(said.String())
	}
	return wrote.String()
}

// besideKiosk returns a copy of the database that a kiosk has open, and a folder. The path is short enough for a socket.
func (o origin) besideKiosk(t *testing.T) (d database.Database, folder string) {
	t.Helper()
	folder, err := os.MkdirTemp("", "kiosk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	d = database.Database{DB: filepath.Join(folder, "d")}
	o.copyTo(t, d)
	ctx, stop := context.WithCancel(t.Context())
	in, typing := io.Pipe()
	said := commandtest.NewLogBuffer()
	closed := make(chan int)
	go func() {
		closed <- Main(ctx, []string{"kiosk", "--plain", "--db", d.DB, "--state", filepath.Join(folder, "state")}, in, io.Discard, said)
	}()
	t.Cleanup(func() {
		stop()
		typing.Close()
		if code := <-closed; code != exitcode.Done {
			t.Errorf("the kiosk ended with %d: %s", code, said)
		}
	})
	commandtest.WaitUntil(t, func() bool {
		desk, err := control.Connect(d.DB)
		if err != nil {
			t.Error(err)
		}
		return desk != nil && desk.Close() == nil
	})
	return d, folder
}
