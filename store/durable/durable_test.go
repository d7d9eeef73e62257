package durable

import (
	"errors"
	"io"
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
		if err := WriteFile(path, []byte(step.text), step.how); !errors.Is(err, step.want) {
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

// TestReplace checks that either the old or the new text is at the path, readable only by the owner, and that no other file is
// left beside it.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(path, []byte("old"), 0o644), os.Symlink("file", link)); err != nil {
		t.Fatal(err)
	}
	killed := filepath.Join(dir, ".file.loket-new-123")
	if err := os.WriteFile(killed, []byte("of one that was stopped"), 0o644); err != nil {
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

// TestPut checks that there is either a whole file, readable only by its owner, or no file.
func TestPut(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "file"), filepath.Join(dir, "file.new")
	if err := os.WriteFile(other, []byte("of somebody else"), 0o600); err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	for _, step := range []struct {
		text string
		how  ExistingPolicy
		fail error
		want error
		left string
	}{
		{"first", MustNotExist, full, full, ""},
		{"second", MustNotExist, nil, nil, "second"},
		{"third", MustNotExist, nil, fs.ErrExist, "second"},
		{"fourth", MayReplace, full, full, "second"},
		{"fifth", MayReplace, nil, nil, "fifth"},
	} {
		err := WriteFilled(path, step.how, func(w io.Writer) error {
			if here, _ := os.ReadFile(path); string(here) == step.text {
				t.Errorf("%q is there before it is whole", step.text)
			}
			return errors.Join(newTextFiller([]byte(step.text))(w), step.fail)
		})
		if !errors.Is(err, step.want) {
			t.Errorf("putting %q: %v, want %v", step.text, err, step.want)
		}
		if left, _ := os.ReadFile(path); string(left) != step.left {
			t.Errorf("after %q the file has %q", step.text, left)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 2 {
			t.Errorf("after %q there are %v, %v", step.text, entries, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	if text, err := os.ReadFile(other); string(text) != "of somebody else" {
		t.Errorf("what is somebody else's has %q, %v", text, err)
	}
}

// TestPutThatPanics checks that a panic leaves no file behind.
func TestPutThatPanics(t *testing.T) {
	dir := t.TempDir()
	func() {
		defer func() { recover() }()
		WriteFilled(filepath.Join(dir, "file"), MustNotExist, func(io.Writer) error { panic("on the way") })
	}()
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("there are %v, %v", entries, err)
	}
}

// TestMoveNewWithoutLinks checks that an existing file is not replaced, even on file systems without hard links.
func TestMoveNewWithoutLinks(t *testing.T) {
	dir := t.TempDir()
	to := filepath.Join(dir, "to")
	unable := func(string, string) error { return fs.ErrPermission }
	for _, step := range []struct {
		text string
		want error
	}{{"first", nil}, {"second", fs.ErrExist}} {
		from := filepath.Join(dir, "from")
		if err := os.WriteFile(from, []byte(step.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := renameUnlessExists(from, to, unable); !errors.Is(err, step.want) {
			t.Errorf("%s: got error %v, want %v", step.text, err, step.want)
		}
		if text, err := os.ReadFile(to); string(text) != "first" {
			t.Errorf("after the %s there is %q, %v", step.text, text, err)
		}
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
