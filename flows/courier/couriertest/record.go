package couriertest

import (
	"strings"
	"sync"
)

// LogBuffer keeps everything that is written to it, such as a log or the traffic of a connection. It can be read while others
// write to it.
type LogBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write implements [io.Writer].
func (r *LogBuffer) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

// String returns everything that was written so far.
func (r *LogBuffer) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}
