package limits

import (
	"runtime/debug"
	"sync"
	"time"
)

// MemoryReleaser returns unused memory to the system after visitors have come or gone. Without it, the Go runtime would keep
// the memory for minutes, which doubles the memory in use.
type MemoryReleaser struct {
	mu    sync.Mutex
	timer *time.Timer
}

// releaseDelay is the delay of a release, so that a single release suffices for many visitors.
const releaseDelay = 2 * time.Second

// ReleaseSoon schedules a release of memory, unless one is already scheduled.
func (r *MemoryReleaser) ReleaseSoon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.timer == nil {
		r.timer = time.AfterFunc(releaseDelay, r.releaseMemory)
	}
}

func (r *MemoryReleaser) releaseMemory() {
	r.mu.Lock()
	r.timer = nil
	r.mu.Unlock()
	debug.FreeOSMemory()
}
