package ssh

import (
	"net"
	"sync"
)

// connections holds all open connections, so that the server can close them when it stops.
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

// closeAll closes all connections, and makes every connection that is added later close at once.
func (all *connections) closeAll() {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.isClosed = true
	for c := range all.open {
		c.Close()
	}
}
