package reload

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRead checks which changes of a file count as a change, whatever the time and size of the file.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	at := time.Date(2026, 11, 22, 14, 7, 0, 0, time.UTC)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	f := RereadFile{Path: path}
	for _, step := range []struct {
		does    string
		do      func()
		content string
		changed bool
		err     bool
	}{
		{"no file", func() {}, "", true, true},
		{"still none", func() {}, "", false, true},
		{"an empty one", func() { write("") }, "", true, false},
		{"one key", func() { write("one") }, "one", true, false},
		{"nothing", func() {}, "one", false, false},
		{"another of the same size and time", func() { write("two") }, "two", true, false},
		{"another time", func() { at = at.Add(time.Hour); write("two") }, "two", false, false},
		{"replaced by the same", func() { os.Remove(path); write("two") }, "two", false, false},
		{"gone", func() { os.Remove(path) }, "", true, true},
		{"back as it was", func() { write("two") }, "two", true, false},
		{"as large as may be", func() { write(strings.Repeat("x", maxFileSize)) }, strings.Repeat("x", maxFileSize), true, false},
		{"larger", func() { write(strings.Repeat("x", maxFileSize+1)) }, "", true, true},
		{"larger still", func() { write(strings.Repeat("x", maxFileSize+2)) }, "", false, true},
		{"a folder", func() { os.Remove(path); os.Mkdir(path, 0o700) }, "", true, true},
	} {
		step.do()
		content, changed, err := f.Read()
		if string(content) != step.content || changed != step.changed || (err != nil) != step.err {
			t.Errorf("%s: %d bytes, changed %t, %v", step.does, len(content), changed, err)
		}
		if err != nil && !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v does not name the file", step.does, err)
		}
	}
	none := RereadFile{Path: filepath.Join(t.TempDir(), "none")}
	if _, _, err := none.Read(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
}
