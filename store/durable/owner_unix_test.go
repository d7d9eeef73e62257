//go:build unix

package durable

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestKeepOwner checks that a new file gets the owner of the old one. It needs root, because only root can change the owner of
// a file.
func TestKeepOwner(t *testing.T) {
	const somebody = 12345
	dir := t.TempDir()
	path, old := filepath.Join(dir, "file"), filepath.Join(dir, "old")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.WriteFile(old, []byte("old"), 0o600), KeepOwner(path, old)); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() != 0 {
		t.Skip("not root")
	}
	if err := errors.Join(os.Chown(old, somebody, somebody), Replace(old, []byte("new"))); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(old)
	if err != nil {
		t.Fatal(err)
	}
	if uid, gid := fileOwner(info); uid != somebody || gid != somebody {
		t.Errorf("it belongs to %d and %d", uid, gid)
	}
}
