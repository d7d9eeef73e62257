package ssh

import (
	"net"
	"sync"
)

// connections holds the open connections, so that the server can close them at the end.
type connections struct {
	mu       sync.Mutex
	open     map[net.Conn]struct{}
	isClosed bool
}

func newConnections() *connections { return &connections{open: map[net.Conn]struct{}{}} }

func (all *connections) add(c net.Conn) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.open[c] = struct{}{}
	if all.isClosed {
		c.Close()
	}
}

func (all *connections) remove(c net.Conn) {
	all.mu.Lock()
	defer all.mu.Unlock()
	delete(all.open, c)
}

// closeAll closes all connections, and every connection that is added later.
func (all *connections) closeAll() {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.isClosed = true
	for c := range all.open {
		c.Close()
	}
}
