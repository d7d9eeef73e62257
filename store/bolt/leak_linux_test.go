package bolt

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/store/kvdb"
)

// TestNoFileIsLeftOpen checks that a replaced file is closed once nobody reads it any more, and that Close waits for that.
func TestNoFileIsLeftOpen(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	path := e.writer.path
	reads, goesOn, over := make(chan bool), make(chan bool), make(chan error)
	go func() {
		over <- e.View(t.Context(), func(kvdb.KV) error { close(reads); <-goesOn; return nil })
	}()
	<-reads
	must(t, replaceBy(e, "new"))
	if open := openOf(t, path); open != 2 { // bbolt has the new file open, and a View is reading the old one.
		t.Errorf("%d files are open", open)
	}
	close(goesOn)
	must(t, <-over)
	must(t, e.Close())
	if open := openOf(t, path); open != 0 {
		t.Errorf("%d files are left open", open)
	}
}

// openOf returns the number of open files under a path, including deleted files.
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
