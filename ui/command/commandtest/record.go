package commandtest

import (
	"regexp"
	"sync"
	"testing"
	"time"
)

// WaitLimit is how long a test waits before it fails.
const WaitLimit = 30 * time.Second

// A LogBuffer keeps what is written to it, and wakes a test that waits for a pattern.
type LogBuffer struct {
	mu       sync.Mutex
	changed  sync.Cond
	text     []byte
	timedOut bool
}

// NewLogBuffer returns an empty buffer.
func NewLogBuffer() *LogBuffer {
	r := &LogBuffer{}
	r.changed.L = &r.mu
	return r
}

// Write implements [io.Writer].
func (r *LogBuffer) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.text = append(r.text, p...)
	r.changed.Broadcast()
	return len(p), nil
}

// String returns all that was written.
func (r *LogBuffer) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return string(r.text)
}

// AwaitPattern waits until the text matches a pattern, and returns the last group of the match.
func (r *LogBuffer) AwaitPattern(t *testing.T, pattern string) string {
	t.Helper()
	query := regexp.MustCompile(pattern)
	alarm := time.AfterFunc(WaitLimit, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.timedOut = true
		r.changed.Broadcast()
	})
	defer alarm.Stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	for ; ; r.changed.Wait() {
		if found := query.FindSubmatch(r.text); found != nil {
			return string(found[len(found)-1])
		}
		if r.timedOut {
			t.Fatalf("no %s in\n%s", pattern, r.text)
		}
	}
}

// WaitUntil waits until the function returns true.
func WaitUntil(t *testing.T, is func() bool) {
	t.Helper()
	looks := time.NewTicker(time.Millisecond)
	defer looks.Stop()
	for late := time.After(WaitLimit); !is(); {
		select {
		case <-looks.C:
		case <-late:
			t.Fatal("that did not come to be")
		}
	}
}
