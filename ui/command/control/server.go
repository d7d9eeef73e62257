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

// A Command is a command that came over the control socket.
type Command struct {
	User    string // User is the user whose process sent the command, in the form of UserName.
	Args    []string
	Console *console.Console // Console is the console of that process, with its files.
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
	handshakeTime = 5 * time.Second
	// commandGraceTime is how long commands may still run after the desk has closed and canceled them.
	commandGraceTime = 5 * time.Second
	// maxConnections is the maximum number of connections that are served at the same time. Other connections wait.
	maxConnections = 16
)

// Listen opens the control socket of a desk that has a database file open. The socket stays open until Close. Only the owner
// of its folder may have write permission there.
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
	if s.listener, err = openSocket(path); err != nil {
		return fmt.Errorf("commands cannot come to this desk by its socket %s: %w", path, err)
	}
	s.config = &ssh.ServerConfig{NoClientAuth: true}
	s.config.AddHostKey(signer)
	ctx, s.stop = context.WithCancel(ctx)
	s.running.Go(func() { s.accept(ctx) })
	return nil
}

// Close cancels the running commands, waits for them, and removes the socket. It does nothing if the server does not listen.
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
			time.Sleep(time.Second) // The error may be temporary, such as too many open files.
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

// serve runs the command that comes over a connection. It accepts commands only from root and from the user who runs the desk.
func (s *Server) serve(ctx context.Context, conn *net.UnixConn) error {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(commandGraceTime, func() { conn.Close() }) })()
	uid, err := socketPeerUser(conn)
	if err != nil {
		return err
	}
	if !mayCommandDesk(uid, os.Geteuid()) {
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
		err := s.runSession(ctx, server, channel, uid)
		<-gone // The other side closes the connection after it has received all of the output.
		return err
	}
	return nil
}

// mayCommandDesk reports whether a user may give commands to a desk that runs as another user.
func mayCommandDesk(commander, desk int) bool { return commander == desk || commander == rootUser }

// runSession runs the command of an SSH session (RFC 4254 §6), and sends its exit code.
func (s *Server) runSession(ctx context.Context, conn ssh.Conn, offered ssh.NewChannel, uid int) error {
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
		code := s.Run(ctx, Command{User: userNameWithSudo(uid, i.SudoUID), Args: i.Args, Console: &console.Console{
			In: channel, Out: &callerOutput{channel: channel, discards: i.NoResult}, Err: channel.Stderr(), Files: callerFiles{conn},
		}})
		_, err := channel.SendRequest(requestExit, false, ssh.Marshal(exitMessage{uint32(code)}))
		if errors.Is(err, io.EOF) {
			return nil // The other side closed the connection.
		}
		return err
	}
}

// readRequests reads the requests of an SSH session. It sends the command to commands, and calls cancel when the command is
// interrupted.
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
