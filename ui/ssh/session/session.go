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

// A Session is one channel, from the moment that its client opened it until it is over.
type Session struct {
	Holder  keys.Holder // of the client's key; the zero value if nobody is asked
	Command string      // to be done; empty if the client wants the desk itself

	in      Setup
	conn    io.Closer
	channel ssh.Channel
	turns   *limits.RateTurns
	env     environment
	pty     bool
	size    *windowSize

	ctx       context.Context // done when the client is gone or the session is to end; its cause says which
	end       context.CancelCauseFunc
	begin     chan struct{} // closed when the client has said what it wants
	listening sync.WaitGroup
}

// Open begins to listen to what a client asks in a channel of a connection. Close must
// follow.
func Open(ctx context.Context, in Setup, conn io.Closer, holder keys.Holder, channel ssh.Channel, requests <-chan *ssh.Request) *Session {
	s := &Session{
		Holder: holder, in: in, conn: conn, channel: channel, env: environment{},
		turns: limits.NewRateTurns(in.Limits, in.Turns, in.Clock.RealNow), size: newWindowSize(in), begin: make(chan struct{}),
	}
	s.ctx, s.end = context.WithCancelCause(ctx)
	s.listening.Go(func() { s.handleRequests(requests) })
	s.listening.Go(s.refuseExtraStreams)
	return s
}

// AwaitStart waits until the client asked for a shell or for a command, and reports whether
// it did so in time. Until then it says what terminal it is on.
func (s *Session) AwaitStart() bool {
	wait := time.NewTimer(s.in.Limits.Handshake)
	defer wait.Stop()
	select {
	case <-s.begin:
		return true
	case <-wait.C:
	case <-s.ctx.Done():
	}
	return false
}

// Exit tells the client how it went, and that nothing more comes.
func (s *Session) Exit(code int) {
	_, _ = s.channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Code uint32 }{uint32(code)}))
	_ = s.channel.CloseWrite()
}

// Close closes the channel, which is over once the client has closed it too. A client
// that does not do that loses the connection: otherwise all of it would be kept for ever.
// But the client of an operator may still have much of what a command gave to hand on.
func (s *Session) Close() {
	defer s.end(nil)
	defer s.size.close()
	late := time.AfterFunc(s.writeTimeout(), func() { s.conn.Close() })
	defer late.Stop()
	_ = s.channel.Close()
	s.listening.Wait()
}

// operatorPatience is how much longer an operator may take than a visitor, who reads a page at
// a time, or whose client hands on what a command gave to something slow.
const operatorPatience = 10

// writeTimeout returns how long the client may take nothing of what is sent to it.
func (s *Session) writeTimeout() time.Duration {
	if s.Holder.Operator {
		return operatorPatience * s.in.Limits.Stall
	}
	return s.in.Limits.Stall
}

// Context returns a context that is done when the session is to end. Its cause is one of
// the errors that say why.
func (s *Session) Context() context.Context { return s.ctx }

// End ends the session, because of a cause.
func (s *Session) End(cause error) { s.end(cause) }

// HasTerminal reports whether the client has a terminal.
func (s *Session) HasTerminal() bool { return s.pty }

// CanDraw reports whether the client has a terminal that can be drawn on.
func (s *Session) CanDraw() bool { return s.pty && s.env["TERM"] != "" && s.env["TERM"] != "dumb" }

// Environ returns what the client says of its terminal, in the form of os.Environ.
func (s *Session) Environ() []string { return s.env.list() }

// Size returns the size of the terminal.
func (s *Session) Size() tea.WindowSizeMsg { return s.size.get() }

// Sizes returns those that the terminal changes to, no faster than the visitor's turns.
func (s *Session) Sizes() <-chan tea.WindowSizeMsg { return s.size.follow(s.ctx, s.turns) }

// Language returns the client's.
func (s *Session) Language() text.Language { return s.env.language(s.in.Language) }

// Say sends a text in the client's language, as lines.
func (s *Session) Say(t text.Text) {
	_, _ = io.WriteString(s.Output(), words.StripControl(t.In(s.Language()))+"\n")
}
