package visitor

import (
	"sync"

	"loket/ui/ssh/session"
)

// openTerminals are the sessions of branch terminals by name, one of each: one that
// connects anew has lost its connection, though nobody here knows that yet.
type openTerminals struct {
	mu   sync.Mutex
	open map[string]*session.Session
}

// replaceSession ends the session that a terminal had and notes the one that it has now. over is to
// be called when that one is over.
func (t *openTerminals) replaceSession(name string, s *session.Session) (over func()) {
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
