//go:build unix

package permissions

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestModes checks for which file modes there is a warning, about a secret and about a list of keys.
func TestModes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[os.FileMode]struct{ secret, list bool }{
		0o600: {false, false},
		0o400: {false, false},
		0o640: {true, false},
		0o644: {true, false},
		0o604: {true, false},
		0o620: {true, true},
		0o602: {true, true},
		0o666: {true, true},
		0o711: {false, false},
	} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if got := SecretWarnings(path, "", path); len(got) > 0 != want.secret || len(got) > 1 {
			t.Errorf("a secret of mode %o: %q", mode, got)
		}
		if got := KeyListWarnings(path); len(got) > 0 != want.list || want.list && !strings.Contains(got[0], "chmod go-w "+path) {
			t.Errorf("a list of mode %o: %q", mode, got)
		}
	}
	if got := append(SecretWarnings(path+"s"), KeyListWarnings(os.DevNull, filepath.Dir(path))...); len(got) > 0 {
		t.Errorf("of what is no file: %q", got)
	}
}

// TestGroupReads checks that the group may read a secret file that another user owns. It needs root.
func TestGroupReads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "password")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chmod(path, 0o640)); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 {
		t.Skip("not root")
	}
	const somebody = 12345
	if err := os.Chown(path, somebody, 0); err != nil {
		t.Fatal(err)
	}
	if got := SecretWarnings(path); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// TestFolders checks when there is a warning about the folder of a file.
func TestFolders(t *testing.T) {
	outer := filepath.Join(t.TempDir(), "outer")
	folder := filepath.Join(outer, "folder")
	path := filepath.Join(folder, "terminals")
	if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	open := func(dir string) { // Open the parent folders too.
		for ; dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	open(outer)
	for _, test := range []struct {
		outer, folder os.FileMode
		warns         bool
	}{
		{0o755, 0o755, false},
		{0o755, 0o775, true},
		{0o755, 0o777, true},
		{0o755, 0o777 | os.ModeSticky, false},
		{0o700, 0o777, false},
		{0o750, 0o757, false},
		{0o750, 0o770, true},
	} {
		if err := errors.Join(os.Chmod(outer, test.outer), os.Chmod(folder, test.folder)); err != nil {
			t.Fatal(err)
		}
		if got := KeyListWarnings(path); len(got) > 0 != test.warns {
			t.Errorf("%o in %o: %q", test.folder, test.outer, got)
		}
	}
}

// TestCredential checks that there is no warning about a systemd credential.
func TestCredential(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "smtp-password")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chmod(path, 0o644)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CREDENTIALS_DIRECTORY", dir)
	if got := SecretWarnings(path); len(got) > 0 {
		t.Errorf("%q", got)
	}
}
