package ssh

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/ui/exitcode"
)

// A session is one channel, from the moment that its client has said what it
// wants, until it is over.
type session struct {
	*connection
	channel ssh.Channel
	pace    *pace
	log     *slog.Logger
	env     environment
	pty     bool
	sizes   *sizes
	command string // to be done; none if the client wants the desk itself

	keepAlive func() // called when something was typed; may be nil

	ctx context.Context // done when the client is gone or the session is to end; its cause says which
	end context.CancelCauseFunc
}

// Why a session ends before its visitor does it.
var (
	errGone     = errors.New("the client is gone")
	errReplaced = errors.New("the terminal has connected anew")
	errIdle     = errors.New("nothing was typed for too long")
	errTooMuch  = errors.New("too much was sent")
	errKeyGone  = errors.New("the key was taken out")
)

// session serves a channel. It begins once the client asked for a shell or for a
// command: until then it says what terminal it is on.
func (s *Server) session(ctx context.Context, c *connection, ch ssh.Channel, requests <-chan *ssh.Request) {
	n := &session{
		connection: c, channel: ch, pace: newPace(s.Limits, s.common, s.Clock.Unmoved),
		env: environment{}, sizes: newSizes(s), log: s.Log,
	}
	n.ctx, n.end = context.WithCancelCause(ctx)
	defer n.end(nil)
	begin := make(chan struct{})
	var listening sync.WaitGroup
	listening.Go(func() { n.listen(requests, begin) })
	listening.Go(n.listenBeside)
	defer n.sizes.close()
	defer n.close(&listening)
	wait := time.NewTimer(s.Limits.Handshake)
	defer wait.Stop()
	select {
	case <-begin:
		n.exit(n.serve())
	case <-wait.C:
	case <-n.ctx.Done():
	}
}

// serve does what the session is for, if there is room, and gives its exit code.
func (n *session) serve() int {
	if why := n.server.house.enter(n.guest, n.who.operator); why != "" {
		n.server.Watch.Refused(why)
		n.write(n.say(full))
		return exitcode.Failed
	}
	defer n.server.house.left(n.guest, n.who.operator)
	if n.who.operator {
		return n.operate()
	}
	return n.receive()
}

// exit tells the client how it went, and that nothing more comes.
func (n *session) exit(code int) {
	_, _ = n.channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Code uint32 }{uint32(code)}))
	_ = n.channel.CloseWrite()
}

// close closes the channel, which is over once the client has closed it too. Who
// does not do that loses the connection: else all of it would be kept for ever. But
// the client of an operator may still have much of what a command gave to hand on.
func (n *session) close(listening *sync.WaitGroup) {
	late := time.AfterFunc(n.patience(), func() { n.line.Close() })
	defer late.Stop()
	_ = n.channel.Close()
	listening.Wait()
}

// leisure is how much longer an operator may take than a visitor, who reads a page at
// a time, or whose client hands on what a command gave to something slow.
const leisure = 10

// patience is how long the client may take nothing of what is sent to it.
func (n *session) patience() time.Duration {
	if n.who.operator {
		return leisure * n.server.Limits.Stall
	}
	return n.server.Limits.Stall
}

// listenBeside ends a session in which something comes beside the input, where
// nothing should (RFC 4254 §5.2) and nobody would read it.
func (n *session) listenBeside() {
	if count, _ := n.channel.Stderr().Read(make([]byte, 1)); count > 0 {
		n.end(errTooMuch)
	}
}

// listen handles what the client asks of its session (RFC 4254 §6) until the
// channel is closed. What it may not have is refused, and nothing else happens.
func (n *session) listen(requests <-chan *ssh.Request, begin chan<- struct{}) {
	defer n.end(errGone)
	begun := false
	for r := range requests {
		granted := false
		switch r.Type {
		case "env":
			granted = !begun && n.askedVariable(r.Payload)
		case "pty-req":
			granted = !begun && n.askedTerminal(r.Payload)
		case "window-change":
			granted = n.pty && n.askedSize(r.Payload)
		case "shell", "exec":
			if granted = !begun && n.askedCommand(r.Type, r.Payload); granted {
				begun = true
			}
		}
		if r.WantReply {
			_ = r.Reply(granted, nil)
		}
		if begun && begin != nil {
			close(begin)
			begin = nil
		}
	}
}

func (n *session) askedVariable(payload []byte) bool {
	var v struct{ Name, Value string }
	return ssh.Unmarshal(payload, &v) == nil && n.env.take(v.Name, v.Value)
}

// askedTerminal takes a terminal, once. An operator gets none: commands and what
// they give go through as they are.
func (n *session) askedTerminal(payload []byte) bool {
	var asked struct {
		Term                string
		Columns, Rows, X, Y uint32
		Modes               string
	}
	if n.who.operator || n.pty || ssh.Unmarshal(payload, &asked) != nil {
		return false
	}
	n.pty = true
	n.env.take("TERM", asked.Term)
	n.sizes.set(asked.Columns, asked.Rows)
	return true
}

func (n *session) askedSize(payload []byte) bool {
	var asked struct{ Columns, Rows, X, Y uint32 }
	if ssh.Unmarshal(payload, &asked) != nil {
		return false
	}
	n.sizes.set(asked.Columns, asked.Rows)
	return true
}

// longestCommand is how many bytes a command has at most.
const longestCommand = 4096

func (n *session) askedCommand(kind string, payload []byte) bool {
	if kind == "shell" {
		return true
	}
	var asked struct{ Command string }
	if ssh.Unmarshal(payload, &asked) != nil || len(asked.Command) > longestCommand {
		return false
	}
	n.command = asked.Command
	return true
}

// touched notes that something was typed.
func (n *session) touched() {
	if n.keepAlive != nil {
		n.keepAlive()
	}
}

// write sends text, with line ends as a terminal wants them if there is one.
func (n *session) write(text string) { _, _ = io.WriteString(n.output(), text) }
