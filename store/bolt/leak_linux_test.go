package bolt

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/store/kvdb"
)

// TestNoFileIsLeftOpen: a replaced file is closed once nobody reads it, and Close waits
// for that.
func TestNoFileIsLeftOpen(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	path := e.writer.path
	reads, goesOn, over := make(chan bool), make(chan bool), make(chan error)
	go func() {
		over <- e.View(t.Context(), func(kvdb.KV) error { close(reads); <-goesOn; return nil })
	}()
	<-reads
	must(t, replaceBy(e, "new"))
	if open := openOf(t, path); open != 2 { // bbolt has one open; the old one is being read
		t.Errorf("%d files are open", open)
	}
	close(goesOn)
	must(t, <-over)
	must(t, e.Close())
	if open := openOf(t, path); open != 0 {
		t.Errorf("%d files are left open", open)
	}
}

// openOf counts the open files under a path, deleted ones included.
func openOf(t *testing.T, path string) (open int) {
	t.Helper()
	all, err := filepath.Glob("/proc/self/fd/*")
	must(t, err)
	for _, fd := range all {
		if to, err := os.Readlink(fd); err == nil && strings.HasPrefix(to, filepath.Dir(path)+"/") {
			open++
		}
	}
	return open
}
