package session

import (
	"context"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/crypto/ssh"

	"loket/flows/text"
	"loket/ui/ssh/keys"
	"loket/ui/ssh/limits"
	"loket/ui/words"
)

// A Session is one channel, from its opening to its end.
type Session struct {
	Address string      // Address is the network address of the client, without the port.
	Version string      // Version is the name and version of the client program.
	Holder  keys.Holder // of the client's key; the zero value if the server asks for no key
	Command string      // to run; empty for a shell, which is the desk itself

	setup       Setup
	conn        io.Closer
	channel     ssh.Channel
	turnLimiter *limits.TurnLimiter
	env         environment
	hasPty      bool
	size        *windowSize

	ctx            context.Context // done when the client is gone or the session must end; its cause says why
	end            context.CancelCauseFunc
	startRequested chan struct{} // closed when the client has requested a shell or a command
	wg             sync.WaitGroup
}

// Open begins to handle the requests of a channel. The caller must Close the Session.
func Open(ctx context.Context, in Setup, conn io.Closer, holder keys.Holder, channel ssh.Channel, requests <-chan *ssh.Request) *Session {
	s := &Session{
		Holder: holder, setup: in, conn: conn, channel: channel, env: environment{},
		turnLimiter: limits.NewTurnLimiter(in.Limits, in.CommonLimiter, in.Clock.RealNow), size: newWindowSize(in), startRequested: make(chan struct{}),
	}
	s.ctx, s.end = context.WithCancelCause(ctx)
	s.wg.Go(func() { s.handleRequests(requests) })
	s.wg.Go(s.refuseExtraStreams)
	return s
}

// AwaitStart waits until the client has requested a shell or a command. It reports whether the
// client did so within Limits.Handshake. The client may request a terminal before that.
func (s *Session) AwaitStart() bool {
	wait := time.NewTimer(s.setup.Limits.Handshake)
	defer wait.Stop()
	select {
	case <-s.startRequested:
		return true
	case <-wait.C:
	case <-s.ctx.Done():
	}
	return false
}

// Exit sends the exit code, and the end of the output.
func (s *Session) Exit(code int) {
	_, _ = s.channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Code uint32 }{uint32(code)}))
	_ = s.channel.CloseWrite()
}

// Close closes the channel, and waits until the client has closed it too. If the client does
// not do so in time, Close closes the connection, because otherwise its memory would be kept
// for ever. An operator's client gets more time, because it may still have much output to hand
// on.
func (s *Session) Close() {
	defer s.end(nil)
	defer s.size.close()
	timeout := time.AfterFunc(s.writeTimeout(), func() { s.conn.Close() })
	defer timeout.Stop()
	_ = s.channel.Close()
	s.wg.Wait()
}

// operatorTimeFactor is how many times longer a write to an operator may take than one to a
// visitor. An operator may read the output page by page, or pass it to a slow program.
const operatorTimeFactor = 10

// writeTimeout returns how long the client may accept no output.
func (s *Session) writeTimeout() time.Duration {
	if s.Holder.IsOperator() {
		return operatorTimeFactor * s.setup.Limits.Stall
	}
	return s.setup.Limits.Stall
}

// Context returns a context that is done when the session must end. Its cause is one of the
// errors of end_reasons.go.
func (s *Session) Context() context.Context { return s.ctx }

// End ends the session with a cause.
func (s *Session) End(cause error) { s.end(cause) }

// HasTerminal reports whether the client has a terminal.
func (s *Session) HasTerminal() bool { return s.hasPty }

// CanDraw reports whether the client has a terminal that can be drawn on.
func (s *Session) CanDraw() bool { return s.hasPty && s.env["TERM"] != "" && s.env["TERM"] != "dumb" }

// Environ returns the variables of the client, in the form of os.Environ.
func (s *Session) Environ() []string { return s.env.list() }

// Size returns the size of the terminal.
func (s *Session) Size() tea.WindowSizeMsg { return s.size.get() }

// Sizes returns a channel of later sizes of the terminal. They come no faster than the
// visitor's turns.
func (s *Session) Sizes() <-chan tea.WindowSizeMsg { return s.size.sendChanges(s.ctx, s.turnLimiter) }

// Language returns the language of the client.
func (s *Session) Language() text.Language { return s.env.language(s.setup.Language) }

// Say sends a text in the client's language, and a line end.
func (s *Session) Say(t text.Text) {
	_, _ = io.WriteString(s.Output(), words.StripControl(t.In(s.Language()))+"\n")
}
