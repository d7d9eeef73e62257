package ssh

import (
	"io"

	"github.com/kballard/go-shellquote"

	"loket/ui/exitcode"
)

// A Command is what an operator wants to have done.
type Command struct {
	Fingerprint string // of the operator's key
	Args        []string
	In          io.Reader
	Out, Err    io.Writer
}

// operate has the operator's command done. Without one it tells which there are:
// there is no shell to give.
func (n *session) operate() int {
	args, err := shellquote.Split(n.command)
	if err != nil {
		_, _ = io.WriteString(n.channel.Stderr(), "loket: "+err.Error()+"\n")
		return exitcode.WrongUsage
	}
	if len(args) == 0 || len(args) == 1 && args[0] == "help" {
		args = []string{"--help"}
	}
	n.server.Watch.SessionBegan(kindOperator)
	defer n.server.Watch.SessionEnded(kindOperator, endedByVisitor)
	return n.server.Operate(n.ctx, Command{
		Fingerprint: n.who.fingerprint, Args: args,
		In: n.channel, Out: n.output(), Err: n.errors(),
	})
}
