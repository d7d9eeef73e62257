package visitor

import (
	"sync"

	"loket/ui/ssh/session"
)

// terminalSessions has the session of each branch terminal, by the terminal's name. If a terminal connects again, its old
// connection is lost, even if the server has not noticed it yet.
type terminalSessions struct {
	mu   sync.Mutex
	open map[string]*session.Session
}

// replaceSession ends the old session of a terminal, if there is one, and keeps the new session. The caller must call the
// returned function when the new session ends.
func (t *terminalSessions) replaceSession(name string, s *session.Session) (release func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.open == nil {
		t.open = map[string]*session.Session{}
	}
	if old, is := t.open[name]; is {
		old.End(session.ErrReplaced)
	}
	t.open[name] = s
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.open[name] == s {
			delete(t.open, name)
		}
	}
}
