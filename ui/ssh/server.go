package ssh

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/ssh/keys"
	"loket/ui/ssh/limits"
	"loket/ui/ssh/session"
	"loket/ui/ssh/visitor"
	"loket/ui/theme"
)

// A Server serves the desk over SSH.
type Server struct {
	HostKey  ssh.Signer
	Limits   limits.Settings
	Language text.Language // where the client does not say
	Theme    theme.Name
	Clock    *clock.Clock
	Log      *slog.Logger
	Watch    session.Observer // or nil
	Alive    func()           // called every second, from the screens as long as there are some; or nil

	// Keys are whose keys are let in, each to be who it belongs to. Without it
	// nobody is asked who they are, and everybody gets a Sandbox.
	Keys *keys.Files

	// Sandbox opens the demo of one visitor.
	Sandbox func(context.Context) (*demo.Sandbox, error)

	// Desk returns the desk of a branch terminal.
	Desk func(terminal string) *desk.Desk

	// Operate has an operator's command done, and returns its exit code.
	Operate func(context.Context, Command) int

	limiter  *limits.Limiter
	sessions session.Setup
	visitors *visitor.Handler
	serving  sync.WaitGroup
}

// How long visitors get to have their screens restored, before connections are cut.
const (
	drainTimeout = 3 * time.Second
	closeTimeout = time.Second
)

// Serve takes connections from l until ctx is done. Then every screen is restored,
// every visitor told, and every connection closed, within farewellTime and
// cuttingTime; l is closed too. That ctx ends is no error.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	s.setUp()
	life, end := context.WithCancelCause(context.WithoutCancel(ctx))
	defer end(nil)
	connections := newConnections()
	go s.notifyWhileEmpty(ctx)
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	var failed error
	for failed == nil {
		var c *limits.Conn
		var a *limits.Admission
		if c, a, failed = s.accept(ctx, l); failed == nil {
			s.serving.Go(func() { s.serveConnection(life, c, a, connections) })
		}
	}
	end(session.ErrClosing)
	s.drain(connections)
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("serve over SSH: %w", failed)
}

// setUp sets up what the server needs beside what it was given.
func (s *Server) setUp() {
	if s.Watch == nil {
		s.Watch = session.NoObserver{}
	}
	if s.Alive == nil {
		s.Alive = func() {}
	}
	s.limiter = limits.NewLimiter(s.Limits, s.Clock.RealNow)
	s.sessions = session.Setup{
		Limits: s.Limits, Turns: limits.NewCommonTurns(s.Limits), Cells: limits.NewCellBudget(s.Limits),
		Clock: s.Clock, Watch: s.Watch, Language: s.Language,
	}
	s.visitors = visitor.New(visitor.Options{
		Theme: s.Theme, Idle: s.Limits.Idle, Log: s.Log, Watch: s.Watch, Alive: s.Alive, Sandbox: s.Sandbox, Desk: s.Desk,
	})
}

// notifyWhileEmpty says for the server that it is alive where no screen can, until
// ctx is done. While there are some it is for them to say.
func (s *Server) notifyWhileEmpty(ctx context.Context) {
	for s.Clock.Wait(ctx, time.Second) == nil {
		if s.visitors.Screens() == 0 {
			s.Alive()
		}
	}
}

// accept returns the next connection that there is room for. A machine that is out
// of files for a moment is no reason to close.
func (s *Server) accept(ctx context.Context, l net.Listener) (*limits.Conn, *limits.Admission, error) {
	for {
		c, err := l.Accept()
		if errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ECONNABORTED) {
			s.Log.Warn("accept", "error", err)
			if err := s.Clock.Wait(ctx, 100*time.Millisecond); err != nil {
				return nil, nil, err
			}
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		conn := limits.ThrottleConn(c, s.Limits)
		admission, refused := s.limiter.Admit(c.RemoteAddr(), func() { s.Watch.Refused(limits.RefusedHandshake); conn.Close() })
		if refused != "" {
			s.refuse(c, refused)
			continue
		}
		conn.OnSpeaking(func() bool {
			refused := admission.Spoke()
			if refused != "" {
				s.Watch.Refused(refused)
			}
			return refused == ""
		})
		return conn, admission, nil
	}
}

// refuse closes a connection before anything was spent on it, with the line that
// SSH lets a server say before its version (RFC 4253 §4.2).
func (s *Server) refuse(c net.Conn, why string) {
	s.Watch.Refused(why)
	_ = c.SetDeadline(s.Clock.RealNow().Add(closeTimeout))
	_, _ = c.Write([]byte(busyLine))
	c.Close()
}

// drain waits until every session is over, and cuts off those that do not end.
func (s *Server) drain(connections *connections) {
	over := make(chan struct{})
	go func() { s.serving.Wait(); close(over) }()
	for _, patience := range []time.Duration{drainTimeout, closeTimeout} {
		timer := time.NewTimer(patience)
		select {
		case <-over:
			timer.Stop()
			return
		case <-timer.C:
			connections.closeAll()
		}
	}
}
