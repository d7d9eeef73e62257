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
