package ssh

import "sync"

// terminals are the sessions of branch terminals by name, one of each: one that
// connects anew has lost its connection, though nobody here knows that yet.
type terminals struct {
	mu   sync.Mutex
	open map[string]*session
}

// take ends the session that a terminal had and notes the one that it has now. The
// function that it gives says that this one is over.
func (t *terminals) take(name string, n *session) (over func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.open == nil {
		t.open = map[string]*session{}
	}
	if old, is := t.open[name]; is {
		old.end(errReplaced)
	}
	t.open[name] = n
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.open[name] == n {
			delete(t.open, name)
		}
	}
}
