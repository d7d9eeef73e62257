package limits

import (
	"runtime/debug"
	"sync"
	"time"
)

// MemoryReleaser gives memory back to the system once a crowd has come or gone: Go itself
// would keep what it needed for them for minutes, as much again as is in use.
type MemoryReleaser struct {
	mu    sync.Mutex
	timer *time.Timer
}

// releaseAfter is how long after the first of a crowd that is done.
const releaseAfter = 2 * time.Second

// ReleaseSoon has it done, if it is not about to be.
func (r *MemoryReleaser) ReleaseSoon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.timer == nil {
		r.timer = time.AfterFunc(releaseAfter, r.releaseMemory)
	}
}

func (r *MemoryReleaser) releaseMemory() {
	r.mu.Lock()
	r.timer = nil
	r.mu.Unlock()
	debug.FreeOSMemory()
}
