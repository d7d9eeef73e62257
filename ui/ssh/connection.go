package ssh

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/ui/exitcode"
	"loket/ui/panics"
	"loket/ui/ssh/keys"
	"loket/ui/ssh/limits"
	"loket/ui/ssh/session"
)

// connection is one that was let in.
type connection struct {
	server    *Server
	conn      *limits.Conn
	admission *limits.Admission
	ssh       *ssh.ServerConn
	key       ssh.PublicKey // by which the client has shown who it is; nil if nobody asks
	holder    keys.Holder

	sessions  atomic.Int32 // at once
	idleTimer *time.Timer  // closes it when there was none for a while
}

// maxSessions is how many sessions one connection has at once, for clients that
// share one among several windows.
const maxSessions = 8

// serveConnection serves one from its first byte until it is closed.
func (s *Server) serveConnection(ctx context.Context, conn *limits.Conn, admission *limits.Admission, all *connections) {
	defer admission.Release()
	all.add(conn)
	defer all.remove(conn)
	defer conn.Close()
	c := &connection{server: s, conn: conn, admission: admission}
	channels, requests, err := c.handshake(ctx)
	if err != nil {
		s.Log.Debug("a connection did not show who it is")
		return
	}
	defer c.ssh.Close()
	if refused := admission.HandshakeDone(c.key != nil); refused != "" {
		s.Watch.Refused(refused)
		return
	}
	if c.holder.Operator {
		conn.LiftLimit()
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	if c.key != nil {
		go c.watchKey(ctx, end)
	}
	c.idleTimer = time.AfterFunc(s.Limits.Handshake, c.closeIfIdle)
	defer c.idleTimer.Stop()
	stop := context.AfterFunc(ctx, c.closeIfIdle) // a session that is there says goodbye first
	defer stop()
	go ssh.DiscardRequests(requests)
	var serving sync.WaitGroup
	for ch := range channels {
		c.acceptChannel(ctx, ch, &serving)
	}
	serving.Wait()
}

// handshake has the client show who it is, within Limits.Handshake.
func (c *connection) handshake(ctx context.Context) (<-chan ssh.NewChannel, <-chan *ssh.Request, error) {
	s := c.server
	late := time.AfterFunc(s.Limits.Handshake, func() { c.conn.Close() })
	defer late.Stop()
	stop := context.AfterFunc(ctx, func() { c.conn.Close() })
	defer stop()
	var channels <-chan ssh.NewChannel
	var requests <-chan *ssh.Request
	var err error
	if c.ssh, channels, requests, err = ssh.NewServerConn(c.conn, s.sshConfig()); err != nil {
		return nil, nil, err
	}
	if s.Keys != nil {
		c.key = c.ssh.Permissions.ExtraData[holderKey{}].(ssh.PublicKey)
		c.holder, err = s.Keys.Find(c.key)
	}
	return channels, requests, err
}

// holderKey is where the permissions of a connection keep the key of its client.
type holderKey struct{}

// sshConfig asks for a key where there are Keys, and else for nothing.
func (s *Server) sshConfig() *ssh.ServerConfig {
	config := &ssh.ServerConfig{
		Config: algorithms(), PublicKeyAuthAlgorithms: keys.Algorithms(),
		ServerVersion: "SSH-2.0-Loket", NoClientAuth: s.Keys == nil,
	}
	config.AddHostKey(s.HostKey)
	if s.Keys != nil {
		config.PublicKeyCallback = func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if _, err := s.Keys.Find(key); err != nil {
				s.Watch.Refused(limits.RefusedKey)
				return nil, err
			}
			return &ssh.Permissions{ExtraData: map[any]any{holderKey{}: key}}, nil
		}
	}
	return config
}

// keyCheckInterval is how soon a session ends whose key was taken out.
const keyCheckInterval = 10 * time.Second

// watchKey ends all sessions of the connection once its key is nobody's any more, or
// somebody else's.
func (c *connection) watchKey(ctx context.Context, end context.CancelCauseFunc) {
	for c.server.Clock.Wait(ctx, keyCheckInterval) == nil {
		if !c.keyStillValid() {
			end(session.ErrKeyRemoved)
			return
		}
	}
}

// keyStillValid reports whether the client may still be who it was when it connected:
// keys are taken out while connections are kept.
func (c *connection) keyStillValid() bool {
	if c.key == nil {
		return true
	}
	now, err := c.server.Keys.Find(c.key)
	if err == nil && now != c.holder {
		err = keys.ErrUnknown
	}
	if err != nil {
		c.server.Watch.Refused(limits.RefusedKey)
	}
	return err == nil
}

// acceptChannel takes a channel, if it is for a session and there is room.
func (c *connection) acceptChannel(ctx context.Context, offered ssh.NewChannel, serving *sync.WaitGroup) {
	if offered.ChannelType() != "session" {
		_ = offered.Reject(ssh.UnknownChannelType, "there are sessions here, and nothing else")
		return
	}
	if !c.keyStillValid() {
		_ = offered.Reject(ssh.Prohibited, keys.ErrUnknown.Error())
		c.conn.Close()
		return
	}
	if c.sessions.Add(1) > maxSessions {
		c.sessions.Add(-1)
		_ = offered.Reject(ssh.ResourceShortage, "too many sessions in this connection")
		return
	}
	ch, requests, err := offered.Accept()
	if err != nil {
		c.sessions.Add(-1)
		return
	}
	c.idleTimer.Stop()
	serving.Go(func() {
		defer c.sessionEnded(ctx)
		defer c.recoverSession(ch)
		c.serveChannel(ctx, ch, requests)
	})
}

// serveChannel serves a channel.
func (c *connection) serveChannel(ctx context.Context, ch ssh.Channel, requests <-chan *ssh.Request) {
	n := session.Open(ctx, c.server.sessions, c.conn, c.holder, ch, requests)
	defer n.Close()
	if n.AwaitStart() {
		n.Exit(c.serveSession(n))
	}
}

// serveSession does what a session is for, if there is room, and returns its exit code.
func (c *connection) serveSession(n *session.Session) int {
	operator := n.Holder.Operator
	if refused := c.admission.BeginSession(operator); refused != "" {
		c.server.Watch.Refused(refused)
		n.Say(fullText)
		return exitcode.Failed
	}
	defer c.admission.EndSession(operator)
	if operator {
		return c.server.runCommand(n)
	}
	return c.server.visitors.Serve(n)
}

// recoverSession keeps a fault of the program in one session from all others.
func (c *connection) recoverSession(ch ssh.Channel) {
	if p := recover(); p != nil {
		trace := panics.Of(p)
		c.server.Log.Error("fault ends a session", "what", trace.What, "where", trace.Where)
		_ = ch.Close()
	}
}

// lastOutputTime is how long the last of what was said to a client is on its way. What a
// connection that is closed has not read yet could take that with it.
const lastOutputTime = 250 * time.Millisecond

// sessionEnded notes that a session is over. A connection without any is closed after a
// while, and at once when the server closes.
func (c *connection) sessionEnded(ctx context.Context) {
	if c.sessions.Add(-1) > 0 {
		return
	}
	patience := c.server.Limits.Handshake
	if ctx.Err() != nil {
		patience = lastOutputTime
	}
	c.idleTimer.Reset(patience)
}

func (c *connection) closeIfIdle() {
	if c.sessions.Load() == 0 {
		c.conn.Close()
	}
}
