package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for _, step := range []struct {
		text string
		how  int
		want error
		left string
	}{
		{"first and long", os.O_EXCL, nil, "first and long"},
		{"second", os.O_EXCL, fs.ErrExist, "first and long"},
		{"third", os.O_TRUNC, nil, "third"},
	} {
		if err := Write(path, []byte(step.text), step.how); !errors.Is(err, step.want) {
			t.Errorf("writing %q: %v, want %v", step.text, err, step.want)
		}
		if left, err := os.ReadFile(path); string(left) != step.left {
			t.Errorf("after %q the file has %q, %v", step.text, left, err)
		}
	}
	if err := SyncDir(filepath.Dir(path)); err != nil {
		t.Error(err)
	}
	if err := SyncDir(path + "s"); runtime.GOOS != "windows" && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a directory that is not there: %v", err)
	}
}

// TestReplace: there is the old text or the new one, for the owner alone, and
// nothing beside it.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(path, []byte("old"), 0o644), os.Symlink("file", link)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".new", []byte("of one that was stopped"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, at := range map[string]string{"by its name": path, "by a link": link} {
		if err := Replace(at, []byte(name)); err != nil {
			t.Error(err)
		}
		text, err := os.ReadFile(path)
		info, statErr := os.Lstat(path)
		if err := errors.Join(err, statErr); err != nil || string(text) != name || info.Mode() != 0o600 {
			t.Errorf("%s: the file has %q and is %v, %v", name, text, info.Mode(), err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("there are %v, %v", entries, err)
	}
	if err := Replace(filepath.Join(dir, "none"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of no file: %v", err)
	}
}

func TestRename(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	if err := errors.Join(os.WriteFile(from, nil, 0o600), os.MkdirAll(filepath.Join(to, "full"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := Rename(from, to); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if _, err := os.Stat(from); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("left the file: %v", err)
	}
}
