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

// A connection is an SSH connection that the server has admitted.
type connection struct {
	server     *Server
	conn       *limits.Conn
	admission  *limits.Admission
	sshConn    *ssh.ServerConn
	key        ssh.PublicKey // key is the client's key; it is nil if the server asks for no key.
	holder     keys.Holder
	refusedKey ssh.PublicKey // refusedKey is the first key of the client that was refused, or nil.

	sessions  atomic.Int32 // sessions is the number of open sessions.
	idleTimer *time.Timer  // idleTimer closes the connection after a time without sessions.
}

// maxSessions is the largest number of sessions that one connection may have at the same time. Some clients share a connection
// among several windows.
const maxSessions = 8

// serveConnection serves a connection from its first byte until it is closed.
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
	defer c.sshConn.Close()
	if refused := admission.HandshakeDone(c.key != nil); refused != "" {
		s.Observer.CountRefusal(refused)
		return
	}
	if c.holder.IsOperator() {
		conn.LiftRateLimit()
	}
	ctx, endSessions := context.WithCancelCause(ctx)
	defer endSessions(nil)
	if c.key != nil {
		go c.watchKey(ctx, endSessions)
	}
	if c.holder.Terminal != "" {
		go c.watchClient(ctx)
	}
	c.idleTimer = time.AfterFunc(s.Limits.Handshake, c.closeIfIdle)
	defer c.idleTimer.Stop()
	// The connection stays open while there are sessions, because they may still send a farewell.
	stop := context.AfterFunc(ctx, c.closeIfIdle)
	defer stop()
	go ssh.DiscardRequests(requests)
	var serving sync.WaitGroup
	for ch := range channels {
		c.acceptChannel(ctx, ch, &serving)
	}
	serving.Wait()
}

// handshake does the SSH handshake within Limits.Handshake, and finds the holder of the client's key.
func (c *connection) handshake(ctx context.Context) (<-chan ssh.NewChannel, <-chan *ssh.Request, error) {
	s := c.server
	timeout := time.AfterFunc(s.Limits.Handshake, func() { c.conn.Close() })
	defer timeout.Stop()
	stop := context.AfterFunc(ctx, func() { c.conn.Close() })
	defer stop()
	var channels <-chan ssh.NewChannel
	var requests <-chan *ssh.Request
	var err error
	if c.sshConn, channels, requests, err = ssh.NewServerConn(c.conn, c.sshConfig()); err != nil {
		c.logRefusedKey()
		return nil, nil, err
	}
	if s.Keys != nil {
		c.key = c.sshConn.Permissions.ExtraData[publicKeyDataKey{}].(ssh.PublicKey)
		c.holder, err = s.Keys.Find(c.key)
	}
	return channels, requests, err
}

// publicKeyDataKey is the key under which ssh.Permissions store the client's public key.
type publicKeyDataKey struct{}

// sshConfig returns the configuration of the handshake. If the server has Keys, it asks the client for a key; otherwise it asks
// for nothing.
func (c *connection) sshConfig() *ssh.ServerConfig {
	s := c.server
	config := &ssh.ServerConfig{
		Config: safeAlgorithms(), PublicKeyAuthAlgorithms: keys.SignatureAlgorithms(),
		ServerVersion: "SSH-2.0-Loket", NoClientAuth: s.Keys == nil,
	}
	config.AddHostKey(s.HostKey)
	if s.Keys != nil {
		config.PublicKeyCallback = func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if _, err := s.Keys.Find(key); err != nil {
				s.Observer.CountRefusal(limits.RefusedUnknownKey)
				if c.refusedKey == nil {
					c.refusedKey = key
				}
				return nil, err
			}
			return &ssh.Permissions{ExtraData: map[any]any{publicKeyDataKey{}: key}}, nil
		}
	}
	return config
}

// keyCheckInterval is how often a connection checks whether its key is still valid. It is also the longest time that a session
// goes on after its key was removed.
const keyCheckInterval = 10 * time.Second

// watchKey ends all sessions of the connection once the client's key is removed or has another holder.
func (c *connection) watchKey(ctx context.Context, end context.CancelCauseFunc) {
	for c.server.Clock.Wait(ctx, keyCheckInterval) == nil {
		if !c.isKeyStillValid() {
			end(session.ErrKeyRemoved)
			return
		}
	}
}

// isKeyStillValid reports whether the client's key still has the same holder as at the handshake. Keys can be removed while a
// connection is open.
func (c *connection) isKeyStillValid() bool {
	if c.key == nil {
		return true
	}
	now, err := c.server.Keys.Find(c.key)
	if err == nil && !now.HasSameAccess(c.holder) {
		err = keys.ErrUnknown
	}
	if err != nil {
		c.server.Observer.CountRefusal(limits.RefusedUnknownKey)
	}
	return err == nil
}

// acceptChannel accepts a channel if the channel is for a session and there is room. It serves the channel in a new goroutine.
func (c *connection) acceptChannel(ctx context.Context, offered ssh.NewChannel, serving *sync.WaitGroup) {
	if offered.ChannelType() != "session" {
		_ = offered.Reject(ssh.UnknownChannelType, "there are sessions here, and nothing else")
		return
	}
	if !c.isKeyStillValid() {
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
		defer c.recordSessionEnd(ctx)
		defer c.recoverSession(ch)
		c.serveChannel(ctx, ch, requests)
	})
}

// serveChannel serves a channel until its session ends.
func (c *connection) serveChannel(ctx context.Context, ch ssh.Channel, requests <-chan *ssh.Request) {
	n := session.Open(ctx, c.server.sessionSetup, c.conn, c.holder, ch, requests)
	defer n.Close()
	n.Address, n.Version = hostOf(c.sshConn.RemoteAddr()), clientVersion(c.sshConn.ClientVersion())
	if n.AwaitStart() {
		n.ExitWithCode(c.serveSession(n))
	}
}

// serveSession runs a session, which is an operator's command or a visit, if there is room. It returns the exit code.
func (c *connection) serveSession(n *session.Session) int {
	operator := n.Holder.IsOperator()
	if refused := c.admission.BeginSession(operator); refused != "" {
		c.server.Observer.CountRefusal(refused)
		n.Say(deskFullText)
		return exitcode.Failed
	}
	defer c.admission.EndSession(operator)
	if operator {
		return c.server.runCommand(n)
	}
	return c.server.visitorHandler.Serve(n)
}

// recoverSession recovers from a panic in one session, so that other sessions go on.
func (c *connection) recoverSession(ch ssh.Channel) {
	if p := recover(); p != nil {
		trace := panics.TraceOf(p)
		c.server.Log.Error("fault ends a session", "what", trace.What, "where", trace.Where)
		_ = ch.Close()
	}
}

// lastOutputDelay is how long the server waits before it closes a connection, so that the client receives the last output. If
// a connection with unread input is closed, the system may drop that output.
const lastOutputDelay = 250 * time.Millisecond

// recordSessionEnd records that a session of the connection has ended. If it was the last one, the connection closes after
// Limits.Handshake, or much sooner if the server is closing.
func (c *connection) recordSessionEnd(ctx context.Context) {
	if c.sessions.Add(-1) > 0 {
		return
	}
	timeout := c.server.Limits.Handshake
	if ctx.Err() != nil {
		timeout = lastOutputDelay
	}
	c.idleTimer.Reset(timeout)
}

func (c *connection) closeIfIdle() {
	if c.sessions.Load() == 0 {
		c.conn.Close()
	}
}
