package ssh

import (
	"io"

	"loket/ui/exitcode"
	"loket/ui/shellwords"
	"loket/ui/ssh/keys"
	"loket/ui/ssh/session"
)

// A Command is a command that an operator gives over SSH.
type Command struct {
	Holder   keys.Holder // Holder is the holder of the operator's key.
	Args     []string
	In       io.Reader
	Out, Err io.Writer
}

// runCommand runs the command of an operator's session, and returns its exit code. If there is no command, it writes the help,
// because there is no shell.
func (s *Server) runCommand(n *session.Session) int {
	args, err := shellwords.Split(n.Command)
	if err != nil {
		_, _ = io.WriteString(n.ErrorOutput(), "loket: "+err.Error()+"\n")
		return exitcode.WrongUsage
	}
	if len(args) == 0 || len(args) == 1 && args[0] == "help" {
		args = []string{"--help"}
	}
	s.Observer.SessionBegan(session.KindOperator)
	defer s.Observer.SessionEnded(session.KindOperator, session.EndedByVisitor)
	ctx := n.Context()
	command := Command{Holder: n.Holder, Args: args, In: n.RawInput(), Out: n.Output(), Err: n.ErrorOutput()}
	if n.HasTerminal() {
		var detach func()
		ctx, detach = attachTerminal(ctx, n, &command)
		defer detach()
	}
	return s.RunOperatorCommand(ctx, command)
}
