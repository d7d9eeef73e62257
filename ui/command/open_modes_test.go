package command

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"loket/ui/exitcode"
)

// TestOpenModes checks that commands and desks warn once about each file with keys or passwords that other users can read or
// write.
func TestOpenModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no modes")
	}
	origin := newOrigin(t)
	password := filepath.Join(t.TempDir(), "password")
	if err := errors.Join(os.WriteFile(password, []byte("Geheim\n"), 0o600), os.Chmod(password, 0o644), os.Chmod(origin.terminals, 0o622)); err != nil {
		t.Fatal(err)
	}
	const smtp = " --smtp 127.0.0.1:1 --smtp-tls none --mail-from a@example.org --smtp-user u --smtp-password-file "
	for line, want := range map[string][]string{
		"stats --db DB":                           {"DB.key"},
		"backup --db DB FILE":                     {"DB.key"},
		"restore --db DB --yes COPY":              {"DB.key"},
		"migrate --db DB":                         {"DB.key"},
		"copy --from DB --to FILE --keys DB.key":  {"DB.key"},
		"kiosk --plain --db DB" + smtp + password: {"DB.key", password},
		"serve --listen 127.0.0.1:0 --state FILE --db DB --terminals KEYS" + smtp + password: {"DB.key", password, "KEYS"},
	} {
		d, args := origin.copied(t, line)
		if err := os.Chmod(d.KeyFile(), 0o644); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		said := &sayings{stop: stop}
		if code := Main(ctx, strings.Fields(args), strings.NewReader(""), &bytes.Buffer{}, said); code != exitcode.Done {
			t.Errorf("%s: exit code %d: %s", args, code, said)
		}
		stop()
		if got := strings.Count(said.String(), "others on this machine"); got != len(want) {
			t.Errorf("%s: %d warnings, not %d: %s", args, got, len(want), said)
		}
		for _, file := range want {
			if file = origin.named(file, d.DB, ""); !strings.Contains(said.String(), file) {
				t.Errorf("%s: nothing about %s: %s", args, file, said)
			}
		}
		if strings.Contains(said.String(), "Geheim") {
			t.Errorf("%s tells a secret", args)
		}
	}
}
