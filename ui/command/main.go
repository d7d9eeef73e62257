// Package command is the command line: Main runs it, and model.go lists all commands.
//
// A command is a struct whose fields are its flags and arguments (tags of package kong)
// and whose Run does it. Start at model.go, then read maintain/stats.go, which is the
// smallest whole one. To add a command, write one such file and put a line into the
// model, or into the Commands of its group. What commands need lies below them:
//
//   - console: where a command reads and writes
//   - database: which database a command works on, and how that is opened
//   - listing: records that several commands show
//   - transport, phones, running: what a desk that is open needs
//   - shell: completion and the page for man(1)
//   - dispatch: runs a command, on a command line (Run) or over SSH (Operators)
//
// An error of a command is one sentence.
package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/alecthomas/kong"

	"loket/flows/clock"
	"loket/store"
	"loket/ui/command/buildinfo"
	"loket/ui/command/console"
	"loket/ui/command/control"
	"loket/ui/command/database"
	"loket/ui/command/desks"
	"loket/ui/command/diagram"
	"loket/ui/command/dispatch"
	"loket/ui/command/licences"
	"loket/ui/command/maintain"
	"loket/ui/command/manual"
	"loket/ui/command/shell"
	"loket/ui/exitcode"
)

// commandLine is everything that can stand on one.
type commandLine struct {
	Version kong.VersionFlag `short:"v" help:"Show the version."`

	Kiosk    desks.Kiosk `cmd:"" default:"withargs" help:"Open the desk on this terminal. This is what loket alone does."`
	Serve    desks.Serve `cmd:"" help:"Open the desk to whoever comes over SSH: demos, or the terminals of a branch and operators."`
	operator `embed:""`

	Migrate    maintain.Migrate  `cmd:"" help:"Bring a database of an earlier version of loket to this one, as opening a desk does."`
	Completion shell.Completion  `cmd:"" help:"Print what makes a shell complete command lines."`
	Man        shell.Man         `cmd:"" help:"Print the manual page of all commands, for man(1)."`
	Licences   licences.Licences `cmd:"" help:"Print the licences of everything that the program is made of."`
}

// Main does what the arguments of the program say, until ctx ends, and returns its
// exit code (package exitcode). Results go to out, and what is said about them to err.
func Main(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	if shell.Asked() {
		return answerShell(out, err)
	}
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // nobody who reads is an error of the write, and is told
	ctx, hangup, stop := console.OnHangup(ctx)
	defer stop()
	session := &database.Session{
		Console:  &console.Console{In: in, Out: out, Err: err, Clock: clock.New(), Hangup: hangup},
		Operator: control.CurrentUser(), Forward: forwardToDesk,
	}
	if err := refuseDumps(); err != nil {
		session.Say("The memory of this process may be written to a file when it ends: %v.", err)
	}
	return dispatch.Run(ctx, &commandLine{}, args, session, kong.Vars{"version": buildinfo.Version() + " " + runtime.Version()}, kong.Bind(operators), kong.Help(help))
}

// answerShell tells a shell how the command line that somebody types can go on.
func answerShell(out, err io.Writer) int {
	parser, fault := dispatch.NewParser(&commandLine{}, out, func(int) {}, kong.Vars{"version": ""})
	if fault == nil {
		fault = shell.Answer(out, parser, map[string][]string{
			"topic":         manual.Topics(),
			"flow":          diagram.Names(),
			"number-state":  words(store.NumberStates),
			"message-state": words(store.MessageStates),
		})
	}
	if fault != nil {
		fmt.Fprintln(err, "loket:", fault)
		return exitcode.Failed
	}
	return exitcode.Done
}

// words returns values as they are typed.
func words[T ~string](values []T) (words []string) {
	for _, v := range values {
		words = append(words, string(v))
	}
	return words
}

// help explains a command, or all of them and where the manual is.
func help(o kong.HelpOptions, c *kong.Context) error {
	if err := kong.DefaultHelpPrinter(o, c); err != nil || c.Selected() != nil {
		return err
	}
	_, err := fmt.Fprintln(c.Stdout, `Run "loket manual" for how to do each thing.`)
	return err
}
