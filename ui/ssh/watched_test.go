package ssh

import (
	"strings"
	"sync"
	"testing"
	"time"
)

// watched counts the events that the server reports.
type watched struct {
	mu     sync.Mutex
	counts map[string]int
}

func (w *watched) note(what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts[what]++
}

func (w *watched) count(what string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.counts[what]
}

func (w *watched) SessionBegan(kind string) { w.note("began " + kind) }

func (w *watched) SessionEnded(kind, why string) { w.note("ended " + kind + ": " + why) }

func (w *watched) CountRefusal(why string) { w.note("refused: " + why) }

func (w *watched) CountFrame() { w.note("frame") }

func (w *watched) CountBytesWritten(int) {}

// record keeps everything that is written, and wakes a goroutine that is waiting for it.
type record struct {
	mu   sync.Mutex
	news *sync.Cond
	text []byte
}

func newRecord() *record {
	r := &record{}
	r.news = sync.NewCond(&r.mu)
	return r
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.text = append(r.text, p...)
	r.news.Broadcast()
	return len(p), nil
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return string(r.text)
}

// until waits until a condition is true for the text that was written.
func (r *record) until(t *testing.T, what string, so func(text string) bool) {
	t.Helper()
	late := time.AfterFunc(patience, func() { r.news.Broadcast() })
	defer late.Stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	for end := time.Now().Add(patience); !so(string(r.text)); r.news.Wait() {
		if !time.Now().Before(end) {
			t.Fatalf("no %s in %q", what, r.text)
		}
	}
}

func (r *record) has(t *testing.T, text string) {
	t.Helper()
	r.until(t, text, func(all string) bool { return strings.Contains(all, text) })
}
