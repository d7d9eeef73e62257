package ssh

import (
	"os"
	"runtime"
	"testing"
	"time"
)

// left waits until as much is going on as there was before.
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

// settled is what is going on once somebody has come and gone.
func (s *served) settled() usage {
	s.Helper()
	c := s.dial()
	asks(s.T, c, "help", "")
	c.Close()
	s.hangsUp()
	return using()
}

// usage is what a process has going on.
type usage struct{ goroutines, files int }

func using() usage {
	files, _ := os.ReadDir("/proc/self/fd") // where there is such a thing
	return usage{runtime.NumGoroutine(), len(files)}
}
