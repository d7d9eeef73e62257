package ssh

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/ui/panics"
)

// connections are those that are open, to be cut at the end.
type connections struct {
	mu   sync.Mutex
	open map[net.Conn]struct{}
	over bool
}

func newConnections() *connections { return &connections{open: map[net.Conn]struct{}{}} }

func (all *connections) add(c net.Conn) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.open[c] = struct{}{}
	if all.over {
		c.Close()
	}
}

func (all *connections) remove(c net.Conn) {
	all.mu.Lock()
	defer all.mu.Unlock()
	delete(all.open, c)
}

// cut closes all, and those that come yet.
func (all *connections) cut() {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.over = true
	for c := range all.open {
		c.Close()
	}
}

// connection is one that was let in.
type connection struct {
	server *Server
	net.Conn
	ssh  *ssh.ServerConn
	from netip.Prefix
	who  who

	sessions atomic.Int32 // at once
	lonely   *time.Timer  // closes it when there was none for a while
}

// sessionsEach is how many sessions one connection has at once, for clients that
// share one among several windows.
const sessionsEach = 8

// connection serves one from its first byte until it is closed.
func (s *Server) connection(ctx context.Context, raw net.Conn, all *connections) {
	all.add(raw)
	defer all.remove(raw)
	defer raw.Close()
	c := &connection{server: s, Conn: raw, from: address(raw.RemoteAddr())}
	channels, requests, err := c.handshake(ctx)
	s.house.known(c.from)
	if err != nil {
		s.Log.Debug("a connection did not show who it is")
		return
	}
	defer c.ssh.Close()
	c.lonely = time.AfterFunc(s.Limits.Handshake, c.closeIfLonely)
	defer c.lonely.Stop()
	stop := context.AfterFunc(ctx, c.closeIfLonely) // a session that is there says goodbye first
	defer stop()
	go ssh.DiscardRequests(requests)
	var serving sync.WaitGroup
	for ch := range channels {
		c.channel(ctx, ch, &serving)
	}
	serving.Wait()
}

// handshake has the client show who it is, within Limits.Handshake.
func (c *connection) handshake(ctx context.Context) (<-chan ssh.NewChannel, <-chan *ssh.Request, error) {
	s := c.server
	late := time.AfterFunc(s.Limits.Handshake, func() { c.Conn.Close() })
	defer late.Stop()
	stop := context.AfterFunc(ctx, func() { c.Conn.Close() })
	defer stop()
	var channels <-chan ssh.NewChannel
	var requests <-chan *ssh.Request
	var err error
	if c.ssh, channels, requests, err = ssh.NewServerConn(c.Conn, s.config()); err != nil {
		return nil, nil, err
	}
	if s.Keys != nil {
		c.who = c.ssh.Permissions.ExtraData[whoKey{}].(who)
	}
	return channels, requests, nil
}

// whoKey is where the permissions of a connection keep who it is.
type whoKey struct{}

// config asks for a key where there are Keys, and else for nothing.
func (s *Server) config() *ssh.ServerConfig {
	config := &ssh.ServerConfig{ServerVersion: "SSH-2.0-Loket", NoClientAuth: s.Keys == nil}
	config.AddHostKey(s.HostKey)
	if s.Keys != nil {
		config.PublicKeyCallback = func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			w, err := s.Keys.find(key)
			if err != nil && !errors.Is(err, errNobody) {
				s.Log.Error("keys", "error", err)
			}
			if err != nil {
				s.Watch.Refused(refusedKey)
				return nil, errNobody
			}
			return &ssh.Permissions{ExtraData: map[any]any{whoKey{}: w}}, nil
		}
	}
	return config
}

// channel takes a channel, if it is for a session and there is room.
func (c *connection) channel(ctx context.Context, offered ssh.NewChannel, serving *sync.WaitGroup) {
	if offered.ChannelType() != "session" {
		_ = offered.Reject(ssh.UnknownChannelType, "there are sessions here, and nothing else")
		return
	}
	if c.sessions.Add(1) > sessionsEach {
		c.sessions.Add(-1)
		_ = offered.Reject(ssh.ResourceShortage, "too many sessions in this connection")
		return
	}
	ch, requests, err := offered.Accept()
	if err != nil {
		c.sessions.Add(-1)
		return
	}
	c.lonely.Stop()
	serving.Go(func() {
		defer c.left(ctx)
		defer c.calm(ch)
		c.server.session(ctx, c, ch, requests)
	})
}

// calm keeps a fault of the program in one session from all others.
func (c *connection) calm(ch ssh.Channel) {
	if p := recover(); p != nil {
		trace := panics.Of(p)
		c.server.Log.Error("fault ends a session", "what", trace.What, "where", trace.Where)
		ch.Close()
	}
}

// lastWords is how long the last of what was said to a client is on its way. What a
// connection that is closed has not read yet could take that with it.
const lastWords = 250 * time.Millisecond

// left notes that a session is over. A connection without any is closed after a
// while, and at once when the server closes.
func (c *connection) left(ctx context.Context) {
	if c.sessions.Add(-1) > 0 {
		return
	}
	patience := c.server.Limits.Handshake
	if ctx.Err() != nil {
		patience = lastWords
	}
	c.lonely.Reset(patience)
}

func (c *connection) closeIfLonely() {
	if c.sessions.Load() == 0 {
		c.Conn.Close()
	}
}
