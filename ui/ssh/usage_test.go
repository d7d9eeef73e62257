package ssh

import (
	"os"
	"runtime"
	"testing"
	"time"
)

// left waits until the usage of the process is back at a former level.
func left(t *testing.T, before usage) {
	t.Helper()
	var now usage
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if now = using(); now.goroutines <= before.goroutines && now.files <= before.files {
			return
		}
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("left are %+v, before there were %+v\n%s", now, before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// settled returns the usage of the process after a visitor has come and left.
func (s *served) settled() usage {
	s.Helper()
	c := s.dial()
	asks(s.T, c, "help", "")
	c.Close()
	s.hangsUp()
	return using()
}

// usage is the number of goroutines and open files of the process.
type usage struct{ goroutines, files int }

func using() usage {
	files, _ := os.ReadDir("/proc/self/fd") // The files can only be counted on Linux.
	return usage{runtime.NumGoroutine(), len(files)}
}
