package bolt

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/store/kvdb"
)

// TestNoFileIsLeftOpen: a file that was replaced is closed once nobody reads it, and Close
// waits for that.
func TestNoFileIsLeftOpen(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	path := e.writer.path
	reads, goesOn, over := make(chan bool), make(chan bool), make(chan error)
	go func() {
		over <- e.View(t.Context(), func(kvdb.KV) error { close(reads); <-goesOn; return nil })
	}()
	<-reads
	must(t, replaceBy(e, "new"))
	if open := openOf(t, path); open != 2 { // for bbolt there is one; the old one is read
		t.Errorf("%d files are open", open)
	}
	close(goesOn)
	must(t, <-over)
	must(t, e.Close())
	if open := openOf(t, path); open != 0 {
		t.Errorf("%d files are left open", open)
	}
}

// openOf counts the files that are open under a path, or were.
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
