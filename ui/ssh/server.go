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
	"golang.org/x/time/rate"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/fleet"
	"loket/ui/ssh/keys"
	"loket/ui/ssh/limits"
	"loket/ui/ssh/session"
	"loket/ui/ssh/visitor"
	"loket/ui/theme"
)

// A Server serves the desk over SSH.
type Server struct {
	HostKey     ssh.Signer
	Limits      limits.Settings
	Language    text.Language // Language is the language for clients that ask for no language.
	Theme       theme.Name
	Clock       *clock.Clock
	Log         *slog.Logger
	Observer    session.Observer // Observer counts the events of the server; it may be nil.
	ReportAlive func()           // ReportAlive is called every second, by the open screens if there are any. It may be nil.

	// Keys has the keys of branch terminals and operators; only they are admitted. If Keys is nil, the server asks for no key,
	// and every client gets a Sandbox.
	Keys *keys.Files

	// Sandbox opens a demo for one visitor.
	Sandbox func(context.Context) (*demo.Sandbox, error)

	// ServiceDesk returns the desk of an operator who answers the telephone, by the operator's name in the audit log.
	ServiceDesk func(operator string) *desk.Desk

	// Desk returns the desk of a branch terminal.
	Desk func(terminal string) *desk.Desk

	// Fleet keeps track of the branch terminals; it may be nil.
	Fleet *fleet.Fleet

	// RunOperatorCommand runs an operator's command, and returns its exit code.
	RunOperatorCommand func(context.Context, Command) int

	limiter           *limits.Limiter
	refusedKeyLimiter *rate.Limiter // refusedKeyLimiter limits the log lines about refused keys.
	sessionSetup      session.SharedSettings
	visitorHandler    *visitor.Handler
	connectionGroup   sync.WaitGroup
}

// When the server stops, sessions have drainTimeout to restore their terminals. Then the server closes the connections, and
// waits for them for at most closeTimeout.
const (
	drainTimeout = 3 * time.Second
	closeTimeout = time.Second
)

// Serve accepts connections from l until ctx is done, and then closes l. It tells every visitor that the desk closes, restores
// every terminal, and closes every connection, within drainTimeout and closeTimeout. It returns nil if it stopped because ctx
// is done.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	s.initialize()
	sessionCtx, endSessions := context.WithCancelCause(context.WithoutCancel(ctx))
	defer endSessions(nil)
	connections := newConnections()
	go s.reportAliveWhileEmpty(ctx)
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	var acceptErr error
	for acceptErr == nil {
		var c *limits.Conn
		var a *limits.Admission
		if c, a, acceptErr = s.acceptConnection(ctx, l); acceptErr == nil {
			s.connectionGroup.Go(func() { s.serveConnection(sessionCtx, c, a, connections) })
		}
	}
	endSessions(session.ErrClosing)
	s.drain(connections)
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("serve over SSH: %w", acceptErr)
}

// initialize sets up the limits, the sessions and the visitors of the server.
func (s *Server) initialize() {
	if s.Observer == nil {
		s.Observer = session.NoObserver{}
	}
	if s.ReportAlive == nil {
		s.ReportAlive = func() {}
	}
	s.limiter = limits.NewLimiter(s.Limits, s.Clock.RealNow)
	s.refusedKeyLimiter = rate.NewLimiter(refusedKeysPerSecond, refusedKeysBurst)
	s.sessionSetup = session.SharedSettings{
		Limits: s.Limits, CommonLimiter: limits.NewCommonLimiter(s.Limits), Cells: limits.NewCellBudget(s.Limits),
		Clock: s.Clock, Observer: s.Observer, Language: s.Language,
	}
	s.visitorHandler = visitor.New(visitor.Options{
		Theme: s.Theme, Idle: s.Limits.Idle, Log: s.Log, Observer: s.Observer, ReportAlive: s.ReportAlive, Sandbox: s.Sandbox, Desk: s.Desk, ServiceDesk: s.ServiceDesk, Fleet: s.Fleet,
	})
}

// reportAliveWhileEmpty calls ReportAlive every second while no screen is open, until ctx is done. Open screens call it themselves.
func (s *Server) reportAliveWhileEmpty(ctx context.Context) {
	for s.Clock.Wait(ctx, time.Second) == nil {
		if s.visitorHandler.ScreenCount() == 0 {
			s.ReportAlive()
		}
	}
}

// acceptConnection returns the next connection that the limiter admits. If the machine has no file descriptors left for a moment, accept
// tries again.
func (s *Server) acceptConnection(ctx context.Context, l net.Listener) (*limits.Conn, *limits.Admission, error) {
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
		admission, refused := s.limiter.Admit(c.RemoteAddr(), func() { s.Observer.CountRefusal(limits.RefusedHandshake); conn.Close() })
		if refused != "" {
			s.refuseConnection(c, refused)
			continue
		}
		conn.OnFirstData(func() bool {
			refused := admission.RecordFirstData()
			if refused != "" {
				s.Observer.CountRefusal(refused)
			}
			return refused == ""
		})
		return conn, admission, nil
	}
}

// refuseConnection closes a connection before the handshake. It first sends a line of text, which a server may send before its version
// (RFC 4253 §4.2).
func (s *Server) refuseConnection(c net.Conn, why string) {
	s.Observer.CountRefusal(why)
	_ = c.SetDeadline(s.Clock.RealNow().Add(closeTimeout))
	_, _ = c.Write([]byte(serverBusyLine))
	c.Close()
}

// drain waits until all connections are closed. It closes those that do not close by themselves.
func (s *Server) drain(connections *connections) {
	done := make(chan struct{})
	go func() { s.connectionGroup.Wait(); close(done) }()
	for _, timeout := range []time.Duration{drainTimeout, closeTimeout} {
		timer := time.NewTimer(timeout)
		select {
		case <-done:
			timer.Stop()
			return
		case <-timer.C:
			connections.closeAll()
		}
	}
}
