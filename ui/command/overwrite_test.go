package command

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loket/ui/exitcode"
)

// TestOutputOverDatabase checks that no command writes its output over the database or the key file, by whatever name.
func TestOutputOverDatabase(t *testing.T) {
	origin := newOrigin(t)
	for _, line := range []string{
		"import --db DB --rejects OVER --force PEOPLE",
		"export --db DB --force OVER",
		"backup --db DB --force OVER",
		"audit export --db DB --force OVER",
		"customer dossier --db DB --force -o OVER K2",
		"kiosk --plain --db DB --log OVER",
		"serve --listen 127.0.0.1:0 --db DB --terminals KEYS --log OVER",
	} {
		for _, over := range []string{"", ".key", ".link"} {
			d, args := origin.copied(t, line)
			if err := os.Symlink(d.DB, d.DB+".link"); err != nil {
				t.Fatal(err)
			}
			before := readFiles(t, d.DB, d.KeyFile())
			var said bytes.Buffer
			code := Main(t.Context(), strings.Fields(strings.Replace(args, "OVER", d.DB+over, 1)), nil, &bytes.Buffer{}, &said)
			if code != exitcode.WrongUsage || !strings.Contains(said.String(), "belongs to the database") {
				t.Errorf("%s, over %q: exit code %d: %s", line, over, code, &said)
			}
			if !slices.Equal(before, readFiles(t, d.DB, d.KeyFile())) {
				t.Errorf("%s, over %q: the database has changed", line, over)
			}
		}
	}
}

// TestOutputOverNewDatabase checks that an import does not write rejects where it would make the database.
func TestOutputOverNewDatabase(t *testing.T) {
	origin, db := newOrigin(t), filepath.Join(t.TempDir(), "desk")
	for _, over := range []string{db, db + ".key"} {
		if code := Main(t.Context(), []string{"import", "--db", db, "--rejects", over, origin.people}, nil, &bytes.Buffer{}, &bytes.Buffer{}); code != exitcode.WrongUsage {
			t.Errorf("rejects in %s: exit code %d", over, code)
		}
	}
}

// readFiles returns the contents of files.
func readFiles(t *testing.T, names ...string) (all []string) {
	t.Helper()
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}
