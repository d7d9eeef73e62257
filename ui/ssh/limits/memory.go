package limits

import (
	"runtime/debug"
	"sync"
	"time"
)

// MemoryReleaser returns unused memory to the system after visitors have come or gone. Go by
// itself would keep it for minutes, which doubles the memory in use.
type MemoryReleaser struct {
	mu    sync.Mutex
	timer *time.Timer
}

// releaseDelay is how long a release waits, so that one release serves many visitors.
const releaseDelay = 2 * time.Second

// ReleaseSoon schedules a release, unless one is scheduled already.
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
