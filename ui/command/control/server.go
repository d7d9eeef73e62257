package control

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/ui/command/console"
	"loket/ui/panics"
)

// A Command is one that came over the socket.
type Command struct {
	User    string // of the process in which it was typed, as UserName has it
	Args    []string
	Console *console.Console // at the other end, its files included
}

// A Server runs the commands that come over a control socket.
type Server struct {
	Run func(context.Context, Command) (code int)
	Log *slog.Logger

	listener *net.UnixListener
	config   *ssh.ServerConfig
	stop     context.CancelFunc
	running  sync.WaitGroup
}

const (
	handshakeTime  = 5 * time.Second
	closingTime    = 5 * time.Second // for commands that run when the desk closes, which cancels them
	maxConnections = 16              // at the same time; more wait
)

// Listen opens the control socket of a desk that has a database file open, until Close. The
// folder of the socket must be one in which nobody but its owner can write.
func Listen(ctx context.Context, db string, s *Server) error {
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return err
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		return err
	}
	path := SocketPath(db)
	if s.listener, err = listen(path); err != nil {
		return fmt.Errorf("commands cannot come to this desk by its socket %s: %w", path, err)
	}
	s.config = &ssh.ServerConfig{NoClientAuth: true}
	s.config.AddHostKey(signer)
	ctx, s.stop = context.WithCancel(ctx)
	s.running.Go(func() { s.accept(ctx) })
	return nil
}

// Close cancels the commands that run, waits for them, and removes the socket. It does nothing if
// the server does not listen.
func (s *Server) Close() error {
	if s.listener == nil {
		return nil
	}
	err := s.listener.Close()
	s.stop()
	s.running.Wait()
	return err
}

func (s *Server) accept(ctx context.Context) {
	slots := make(chan struct{}, maxConnections)
	for {
		conn, err := s.listener.AcceptUnix()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			s.Log.Warn("accept a connection on the control socket", "error", err)
			time.Sleep(time.Second) // because the error may pass, such as too many open files
			continue
		}
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			conn.Close()
			return
		}
		s.running.Go(func() {
			defer func() { <-slots }()
			defer func() {
				if p := recover(); p != nil {
					s.Log.Error("a command on the control socket failed", "panic", panics.TraceOf(p))
				}
			}()
			if err := s.serve(ctx, conn); err != nil {
				s.Log.Warn("a connection on the control socket", "error", err)
			}
		})
	}
}

// serve runs the command of a connection, which is that of the user who runs the desk, or of
// root.
func (s *Server) serve(ctx context.Context, conn *net.UnixConn) error {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(closingTime, func() { conn.Close() }) })()
	uid, err := peerOf(conn)
	if err != nil {
		return err
	}
	if !mayCommand(uid, os.Geteuid()) {
		return fmt.Errorf("%s may not give commands here", UserName(uid))
	}
	late := time.AfterFunc(handshakeTime, func() { conn.Close() })
	server, channels, requests, err := ssh.NewServerConn(conn, s.config)
	late.Stop()
	if err != nil {
		return fmt.Errorf("handshake: %w", err)
	}
	go ssh.DiscardRequests(requests)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	gone := make(chan struct{})
	go func() {
		_ = server.Wait()
		cancel()
		close(gone)
	}()
	for channel := range channels {
		if channel.ChannelType() != sessionChannel {
			_ = channel.Reject(ssh.UnknownChannelType, "one session with one command")
			continue
		}
		err := s.runSession(ctx, server, channel, UserName(uid))
		<-gone // the other side closes the connection once it has all of the result
		return err
	}
	return nil
}

// mayCommand reports whether a user may give commands to a desk of another.
func mayCommand(commander, desk int) bool { return commander == desk || commander == rootUser }

// runSession runs the command of a session (RFC 4254 §6), and sends its exit code.
func (s *Server) runSession(ctx context.Context, conn ssh.Conn, offered ssh.NewChannel, user string) error {
	channel, requests, err := offered.Accept()
	if err != nil {
		return err
	}
	defer channel.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	commands := make(chan invocation, 1)
	go readRequests(requests, commands, cancel)
	select {
	case <-ctx.Done():
		return nil
	case i := <-commands:
		code := s.Run(ctx, Command{User: user, Args: i.Args, Console: &console.Console{
			In: channel, Out: &callerOutput{channel: channel, discards: i.NoResult}, Err: channel.Stderr(), Files: callerFiles{conn},
		}})
		_, err := channel.SendRequest(requestExit, false, ssh.Marshal(exitMessage{uint32(code)}))
		if errors.Is(err, io.EOF) {
			return nil // the other side went away
		}
		return err
	}
}

// readRequests takes the command of a session, and cancels it when it is interrupted.
func readRequests(requests <-chan *ssh.Request, commands chan<- invocation, cancel context.CancelFunc) {
	begun := false
	for r := range requests {
		i, err := unmarshalInvocation(r.Payload)
		begins := r.Type == requestExec && err == nil && !begun
		if r.WantReply {
			_ = r.Reply(begins, nil)
		}
		if begins {
			begun = true
			commands <- i
		}
		if r.Type == requestInterrupt {
			cancel()
		}
	}
	cancel()
}
