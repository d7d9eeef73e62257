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

// runCommand runs the command of an operator's session, and returns its exit code. Without a command, an operator who may help
// customers gets the screen of the service desk. Any other operator gets the help, because there is no shell.
func (s *Server) runCommand(n *session.Session) int {
	args, err := shellwords.Split(n.Command)
	if err != nil {
		_, _ = io.WriteString(n.ErrorOutput(), "loket: "+err.Error()+"\n")
		return exitcode.WrongUsage
	}
	isServiceDesk := len(args) == 0 || len(args) == 1 && args[0] == "plain"
	if isServiceDesk && mayHelpCustomers(n.Holder.Role) {
		return s.visitorHandler.Serve(n)
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

// mayHelpCustomers reports whether an operator with a role may use the screen of the service desk.
func mayHelpCustomers(role keys.Role) bool {
	return role == keys.HelpdeskRole || role == keys.OperatorRole
}
