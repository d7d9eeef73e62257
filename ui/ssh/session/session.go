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

// A Session is one SSH channel, from its opening to its end.
type Session struct {
	Address string      // Address is the network address of the client, without the port.
	Version string      // Version is the name and version of the client program.
	Holder  keys.Holder // Holder is the holder of the client's key. It is the zero value if the server asks for no key.
	Command string      // Command is the command to run. It is empty for a shell, which is the desk itself.

	setup       SharedSettings
	conn        io.Closer
	channel     ssh.Channel
	turnLimiter *limits.TurnLimiter
	env         environment
	hasPty      bool
	size        *windowSize

	ctx            context.Context // ctx is done when the client is gone or the session must end; its cause is the reason.
	end            context.CancelCauseFunc
	startRequested chan struct{} // startRequested is closed when the client has requested a shell or a command.
	wg             sync.WaitGroup
}

// Open starts to handle the requests of a channel. The caller must Close the Session.
func Open(ctx context.Context, in SharedSettings, conn io.Closer, holder keys.Holder, channel ssh.Channel, requests <-chan *ssh.Request) *Session {
	s := &Session{
		Holder: holder, setup: in, conn: conn, channel: channel, env: environment{},
		turnLimiter: limits.NewTurnLimiter(in.Limits, in.CommonLimiter, in.Clock.RealNow), size: newWindowSize(in), startRequested: make(chan struct{}),
	}
	s.ctx, s.end = context.WithCancelCause(ctx)
	s.wg.Go(func() { s.handleRequests(requests) })
	s.wg.Go(s.refuseExtraStreams)
	return s
}

// AwaitStart waits until the client has requested a shell or a command, and reports whether that happened within
// Limits.Handshake. The client may request a terminal before that.
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

// ExitWithCode sends the exit code, and ends the output.
func (s *Session) ExitWithCode(code int) {
	_, _ = s.channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Code uint32 }{uint32(code)}))
	_ = s.channel.CloseWrite()
}

// Close closes the channel, and waits until the client has closed it too. If the client does not do so in time, Close closes
// the connection, because otherwise the channel would stay in memory for ever. An operator's client gets more time, because it
// may still have much output to pass on.
func (s *Session) Close() {
	defer s.end(nil)
	defer s.size.returnCells()
	timeout := time.AfterFunc(s.writeTimeout(), func() { s.conn.Close() })
	defer timeout.Stop()
	_ = s.channel.Close()
	s.wg.Wait()
}

// operatorTimeoutFactor is how many times longer a write to an operator may take than a write to a visitor. An operator may read
// the output page by page, or pass it to a slow program.
const operatorTimeoutFactor = 10

// writeTimeout returns the longest time for which the client may accept no output.
func (s *Session) writeTimeout() time.Duration {
	if s.Holder.IsOperator() {
		return operatorTimeoutFactor * s.setup.Limits.Stall
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

// CanDraw reports whether the client has a terminal on which the desk can draw.
func (s *Session) CanDraw() bool { return s.hasPty && s.env["TERM"] != "" && s.env["TERM"] != "dumb" }

// Environ returns the client's variables, in the format of os.Environ.
func (s *Session) Environ() []string { return s.env.toEnviron() }

// Size returns the present size of the client's terminal.
func (s *Session) Size() tea.WindowSizeMsg { return s.size.get() }

// SizeChanges returns a channel of the later sizes of the terminal. They come no faster than the visitor's turns.
func (s *Session) SizeChanges() <-chan tea.WindowSizeMsg {
	return s.size.sendChanges(s.ctx, s.turnLimiter)
}

// Language returns the language for which the client asks.
func (s *Session) Language() text.Language { return s.env.language(s.setup.Language) }

// Say sends a text in the client's language, followed by a line end.
func (s *Session) Say(t text.Text) {
	_, _ = io.WriteString(s.Output(), words.StripControl(t.In(s.Language()))+"\n")
}
