package ssh

import (
	"context"
	"errors"
	"net"
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
	*line
	guest *guest
	ssh   *ssh.ServerConn
	key   ssh.PublicKey // by which the client has shown who it is; none if nobody asks
	who   identity

	sessions atomic.Int32 // at once
	lonely   *time.Timer  // closes it when there was none for a while
}

// sessionsEach is how many sessions one connection has at once, for clients that
// share one among several windows.
const sessionsEach = 8

// connection serves one from its first byte until it is closed.
func (s *Server) connection(ctx context.Context, l *line, g *guest, all *connections) {
	defer s.house.gone(g)
	all.add(l)
	defer all.remove(l)
	defer l.Close()
	c := &connection{server: s, line: l, guest: g}
	channels, requests, err := c.handshake(ctx)
	if err != nil {
		s.Log.Debug("a connection did not show who it is")
		return
	}
	defer c.ssh.Close()
	s.house.in(g, c.key != nil)
	if c.who.operator {
		l.trust()
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	if c.key != nil {
		go c.guard(ctx, end)
	}
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
	late := time.AfterFunc(s.Limits.Handshake, func() { c.line.Close() })
	defer late.Stop()
	stop := context.AfterFunc(ctx, func() { c.line.Close() })
	defer stop()
	var channels <-chan ssh.NewChannel
	var requests <-chan *ssh.Request
	var err error
	if c.ssh, channels, requests, err = ssh.NewServerConn(c.line, s.config()); err != nil {
		return nil, nil, err
	}
	if s.Keys != nil {
		c.key = c.ssh.Permissions.ExtraData[keyOf{}].(ssh.PublicKey)
		c.who, err = s.Keys.find(c.key)
	}
	return channels, requests, err
}

// keyOf is where the permissions of a connection keep the key of its client.
type keyOf struct{}

// config asks for a key where there are Keys, and else for nothing.
func (s *Server) config() *ssh.ServerConfig {
	config := &ssh.ServerConfig{ServerVersion: "SSH-2.0-Loket", NoClientAuth: s.Keys == nil}
	config.AddHostKey(s.HostKey)
	if s.Keys != nil {
		config.PublicKeyCallback = func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if _, err := s.Keys.find(key); err != nil {
				s.refusedKey(err)
				return nil, errNobody
			}
			return &ssh.Permissions{ExtraData: map[any]any{keyOf{}: key}}, nil
		}
	}
	return config
}

// refusedKey notes that a key lets nobody in, and why if that is not its own fault.
func (s *Server) refusedKey(why error) {
	if !errors.Is(why, errNobody) && s.trouble.isNew(why) {
		s.Log.Error("keys", "error", why)
	}
	s.Watch.Refused(refusedKey)
}

// trouble is what was told of last, so that strangers who try keys do not have it
// told again and again.
type trouble struct {
	mu   sync.Mutex
	told string
}

func (t *trouble) isNew(why error) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	before := t.told
	t.told = why.Error()
	return before != t.told
}

// keysEvery is how soon a session ends whose key was taken out.
const keysEvery = 10 * time.Second

// guard ends all sessions of the connection once its key is nobody's any more, or
// somebody else's.
func (c *connection) guard(ctx context.Context, end context.CancelCauseFunc) {
	for c.server.Clock.Wait(ctx, keysEvery) == nil {
		if !c.stillKnown() {
			end(errKeyGone)
			return
		}
	}
}

// stillKnown tells whether the client may still be who it was when it connected:
// keys are taken out while connections are kept.
func (c *connection) stillKnown() bool {
	if c.key == nil {
		return true
	}
	now, err := c.server.Keys.find(c.key)
	if err == nil && now != c.who {
		err = errNobody
	}
	if err != nil {
		c.server.refusedKey(err)
	}
	return err == nil
}

// channel takes a channel, if it is for a session and there is room.
func (c *connection) channel(ctx context.Context, offered ssh.NewChannel, serving *sync.WaitGroup) {
	if offered.ChannelType() != "session" {
		_ = offered.Reject(ssh.UnknownChannelType, "there are sessions here, and nothing else")
		return
	}
	if !c.stillKnown() {
		_ = offered.Reject(ssh.Prohibited, errNobody.Error())
		c.line.Close()
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
		_ = ch.Close()
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
		c.line.Close()
	}
}
