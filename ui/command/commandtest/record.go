package commandtest

import (
	"regexp"
	"sync"
	"testing"
	"time"
)

// Patience is how long a test waits for what should come soon.
const Patience = 30 * time.Second

// A Record keeps what is written to it, and wakes a test that waits for it.
type Record struct {
	mu   sync.Mutex
	news sync.Cond
	text []byte
	late bool
}

// NewRecord returns an empty record.
func NewRecord() *Record {
	r := &Record{}
	r.news.L = &r.mu
	return r
}

// Write implements [io.Writer].
func (r *Record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.text = append(r.text, p...)
	r.news.Broadcast()
	return len(p), nil
}

// String returns all that was written.
func (r *Record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return string(r.text)
}

// Has waits for text of a pattern, and returns its last group.
func (r *Record) Has(t *testing.T, pattern string) string {
	t.Helper()
	query := regexp.MustCompile(pattern)
	alarm := time.AfterFunc(Patience, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.late = true
		r.news.Broadcast()
	})
	defer alarm.Stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	for ; ; r.news.Wait() {
		if found := query.FindSubmatch(r.text); found != nil {
			return string(found[len(found)-1])
		}
		if r.late {
			t.Fatalf("no %s in\n%s", pattern, r.text)
		}
	}
}

// Until waits until something is so.
func Until(t *testing.T, is func() bool) {
	t.Helper()
	looks := time.NewTicker(time.Millisecond)
	defer looks.Stop()
	for late := time.After(Patience); !is(); {
		select {
		case <-looks.C:
		case <-late:
			t.Fatal("that did not come to be")
		}
	}
}
