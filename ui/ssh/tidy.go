package ssh

import (
	"runtime/debug"
	"sync"
	"time"
)

// tidiness gives memory back to the system once a crowd has come or gone: Go itself
// would keep what it needed for them for minutes, as much again as is in use.
type tidiness struct {
	mu    sync.Mutex
	timer *time.Timer
}

// tidyAfter is how long after the first of a crowd that is done.
const tidyAfter = 2 * time.Second

// soon has it done, if it is not about to be.
func (t *tidiness) soon() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.timer == nil {
		t.timer = time.AfterFunc(tidyAfter, t.now)
	}
}

func (t *tidiness) now() {
	t.mu.Lock()
	t.timer = nil
	t.mu.Unlock()
	debug.FreeOSMemory()
}
