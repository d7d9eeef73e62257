package ssh

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/time/rate"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/text"
	"loket/ui"
	"loket/ui/theme"
)

// A Server serves the desk over SSH.
type Server struct {
	HostKey  ssh.Signer
	Limits   Limits
	Language text.Language // where the client does not say
	Theme    theme.Name
	Clock    *clock.Clock
	Log      *slog.Logger
	Watch    Watch  // none
	Alive    func() // called every second, from the screens as long as there are some; none

	// Keys are whose keys are let in, each to be who it belongs to. Without it
	// nobody is asked who they are, and everybody gets a Sandbox.
	Keys *Keys

	// Sandbox opens the demo of one visitor.
	Sandbox func(context.Context) (*ui.Sandbox, error)

	// Desk gives the desk of a branch terminal.
	Desk func(terminal string) *desk.Desk

	// Operate has an operator's command done, and gives its exit code.
	Operate func(context.Context, Command) int

	house     *house
	common    *rate.Limiter // of all visitors' keys
	space     *space
	opening   chan struct{} // has room for one who opens a sandbox
	terminals terminals
	memory    tidiness
	screens   atomic.Int32 // that are open
	trouble   trouble      // with the files of keys
	serving   sync.WaitGroup
}

// errClosing ends sessions when the server closes.
var errClosing = errors.New("the desk closes")

// How long visitors get to have their screens restored, before connections are cut.
const (
	farewellTime = 3 * time.Second
	cuttingTime  = time.Second
)

// Serve takes connections from l until ctx is done. Then every screen is restored,
// every visitor told, and every connection closed, within farewellTime and
// cuttingTime; l is closed too. That ctx ends is no error.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if s.Watch == nil {
		s.Watch = unwatched{}
	}
	if s.Alive == nil {
		s.Alive = func() {}
	}
	s.house = newHouse(s.Limits, s.Clock.Unmoved)
	s.common = common(s.Limits)
	s.space = newSpace(s.Limits)
	s.opening = make(chan struct{}, 1)
	life, end := context.WithCancelCause(context.WithoutCancel(ctx))
	defer end(nil)
	connections := newConnections()
	go s.aliveWhileEmpty(ctx)
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	var failed error
	for failed == nil {
		var c *line
		var g *guest
		if c, g, failed = s.accept(ctx, l); failed == nil {
			s.serving.Go(func() { s.connection(life, c, g, connections) })
		}
	}
	end(errClosing)
	s.farewell(connections)
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("serve over SSH: %w", failed)
}

// aliveWhileEmpty says for the server that it is alive where no screen can, until
// ctx is done. While there are some it is for them to say.
func (s *Server) aliveWhileEmpty(ctx context.Context) {
	for s.Clock.Wait(ctx, time.Second) == nil {
		if s.screens.Load() == 0 {
			s.Alive()
		}
	}
}

// accept gives the next connection that there is room for. A machine that is out
// of files for a moment is no reason to close.
func (s *Server) accept(ctx context.Context, l net.Listener) (*line, *guest, error) {
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
		line := newLine(c, s.Limits)
		g := &guest{from: address(c.RemoteAddr()), hangUp: func() { s.Watch.Refused(refusedHandshake); line.Close() }}
		if why := s.house.knock(g); why != "" {
			s.refuse(c, why)
			continue
		}
		return line, g, nil
	}
}

// refuse closes a connection before anything was spent on it, with the line that
// SSH lets a server say before its version (RFC 4253 §4.2).
func (s *Server) refuse(c net.Conn, why string) {
	s.Watch.Refused(why)
	_ = c.SetDeadline(s.Clock.Unmoved().Add(cuttingTime))
	_, _ = c.Write([]byte(busyLine))
	c.Close()
}

// farewell waits until every session is over, and cuts off those that do not end.
func (s *Server) farewell(connections *connections) {
	over := make(chan struct{})
	go func() { s.serving.Wait(); close(over) }()
	for _, patience := range []time.Duration{farewellTime, cuttingTime} {
		timer := time.NewTimer(patience)
		select {
		case <-over:
			timer.Stop()
			return
		case <-timer.C:
			connections.cut()
		}
	}
}
