package database

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"loket/store"
)

// TestCopyBeforeMigration holds when a copy is made, and what is said where there is no room.
func TestCopyBeforeMigration(t *testing.T) {
	d := Database{DB: filepath.Join(t.TempDir(), "desk.db")}
	to := d.DB + ".before-5"
	writes := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error { return errors.Join(must(io.WriteString(w, text)), err) }
	}
	for i, step := range []struct {
		m     store.Migration
		fill  func(io.Writer) error
		says  string
		there string
	}{
		{store.Migration{From: 4}, writes("half", syscall.ENOSPC), "there is no room for " + to, ""},
		{store.Migration{From: 4}, writes("half", syscall.EIO), "cannot be made, and without it nothing was changed", ""},
		{store.Migration{From: 4, Resumes: true}, writes("the copy of another machine is not here", nil), "", "the copy of another machine is not here"},
		{store.Migration{From: 4}, writes("as it was", nil), "", "as it was"},
		{store.Migration{From: 4, Resumes: true}, writes("in the middle", nil), "", "as it was"},
		{store.Migration{From: 4}, writes("of another time", nil), "", "of another time"},
	} {
		err := d.copyOnce(step.m, to, step.fill)
		if step.says == "" && err != nil || step.says != "" && (err == nil || !strings.Contains(err.Error(), step.says)) {
			t.Errorf("step %d: %v", i, err)
		}
		if text, _ := os.ReadFile(to); string(text) != step.there {
			t.Errorf("step %d: the copy is %q", i, text)
		}
		if entries, err := os.ReadDir(filepath.Dir(to)); err != nil || len(entries) > 1 {
			t.Errorf("step %d: there are %v, %v", i, entries, err)
		}
	}
	if info, err := os.Stat(to); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func must(_ int, err error) error { return err }
