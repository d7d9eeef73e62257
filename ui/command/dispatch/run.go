// Package dispatch runs command lines. It names no command: the commands are in the kong grammar that its caller passes.
//
// Start at Run, which runs a command for the user who started the program, and at Operators, which runs a command for an
// operator over SSH.
package dispatch

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/exitcode"
	"loket/ui/panics"
)

// Run parses args by a grammar of package kong, runs the command, and returns the exit code. It reports every error in one
// sentence, also when the program panics. The Run method of a command can take the context, the session, its console, and
// values that the options bind.
func Run(ctx context.Context, grammar any, args []string, session *database.CommandSession, options ...kong.Option) int {
	line, err := newCommandLine(ctx, grammar, args, session, options...)
	if err != nil {
		return reportFailure(session.Err, exitcode.Failed, err)
	}
	return line.run(ctx)
}

// commandLine is a command line with its parser, which can be used once.
type commandLine struct {
	args     []string
	session  *database.CommandSession
	out      *console.Output // out is the output of the session.
	parser   *kong.Kong
	exitCode int // exitCode is the exit code of --help or --version, or -1.
}

func newCommandLine(ctx context.Context, grammar any, args []string, session *database.CommandSession, options ...kong.Option) (l *commandLine, err error) {
	out := console.NewOutput(ctx, session.Out)
	l = &commandLine{args: args, session: session.WithOutput(out), out: out, exitCode: -1}
	options = append(append(options, hideSettings), leaveOutOthers(grammar, args)...)
	l.parser, err = NewParser(grammar, out, func(code int) { l.exitCode = code }, options...)
	return l, err
}

// selectedCommand returns the command at the start of the command line, or nil if the line names no command. It leaves out the other
// arguments, because they may be personal data.
func (l *commandLine) selectedCommand() *kong.Node {
	traced, err := kong.Trace(l.parser, l.args)
	if err != nil {
		return nil
	}
	return traced.Selected()
}

// run parses the command line, runs the command, and returns the exit code.
func (l *commandLine) run(ctx context.Context) (code int) {
	session, out := l.session, l.out
	defer func() {
		if p := recover(); p != nil {
			code = reportFailure(session.Err, exitcode.Failed, fmt.Errorf("this should not have happened: %s", panics.TraceOf(p)))
		}
	}()
	parsed, err := l.parser.Parse(l.args)
	if out.Err() != nil {
		return reportFailure(session.Err, exitcode.Failed, outputError(out.Err()))
	}
	if l.exitCode >= 0 {
		return l.exitCode
	}
	if err != nil {
		return reportFailure(session.Err, exitcode.WrongUsage, fmt.Errorf("%w; see loket --help", err))
	}
	session.Command = parsed.Selected().Path()
	code, forwarded, err := forwardCommand(ctx, session, parsed, l.args)
	if !forwarded && err == nil {
		parsed.BindTo(ctx, (*context.Context)(nil))
		err = parsed.Run(session, session.Console)
	}
	if err == nil && out.Err() != nil {
		err = outputError(out.Err())
	}
	if _, is := errors.AsType[console.UsageError](err); is {
		return reportFailure(session.Err, exitcode.WrongUsage, err)
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errors.New("stopped before it was done")
	}
	if err != nil {
		return reportFailure(session.Err, exitcode.Failed, err)
	}
	return code
}

// NewParser returns a parser for a grammar. The option --help writes help to out, and then calls quit.
func NewParser(grammar any, out io.Writer, quit func(int), options ...kong.Option) (*kong.Kong, error) {
	all := append([]kong.Option{
		kong.Name("loket"),
		kong.Description("A self-service desk in the terminal for the customers of a bank and insurer."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Writers(out, out),
		kong.Exit(quit),
	}, settingOptions...)
	return kong.New(grammar, append(all, options...)...)
}

// outputError returns an error that says that the result of a command could not be written.
func outputError(err error) error { return fmt.Errorf("the result could not be written: %w", err) }

func reportFailure(out io.Writer, code int, err error) int {
	_, _ = io.WriteString(out, console.EscapeInvisible(fmt.Sprintf("loket: %v\n", err)))
	return code
}
