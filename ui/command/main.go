// Package command is the command line: Main runs it, and model.go lists all commands.
//
// A command is a struct. Its fields are the flags and arguments (tags of package kong), and its
// method Run does the work. Start at model.go, then read maintain/stats.go, the smallest whole
// command. To add a command, write one such file and put a line into model.go, or into the
// Commands of its group. Commands use these packages:
//
//   - console: the input, output and files of a command
//   - database: the flags that choose a database, and opening it
//   - listing: records in the form in which several commands show them
//   - transport, phones, running: the services of an open desk
//   - shell: completion and the page for man(1)
//   - dispatch: runs commands, from a command line (Run) or over SSH (OperatorRunner)
//
// A command reports an error in one sentence.
package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"

	"github.com/alecthomas/kong"

	"loket/flows/clock"
	"loket/store"
	"loket/ui/command/buildinfo"
	"loket/ui/command/config"
	"loket/ui/command/console"
	"loket/ui/command/control"
	"loket/ui/command/database"
	"loket/ui/command/desks"
	"loket/ui/command/diagram"
	"loket/ui/command/dispatch"
	"loket/ui/command/display"
	"loket/ui/command/licences"
	"loket/ui/command/maintain"
	"loket/ui/command/manual"
	"loket/ui/command/monitoring"
	"loket/ui/command/shell"
	"loket/ui/exitcode"
)

// commandLine has all commands of the program.
type commandLine struct {
	Version kong.VersionFlag `short:"v" help:"Show the version."`
	HelpAll dispatch.HelpAll `help:"Show help with every setting."`
	Config  config.FileFlag  `env:"LOKET_CONFIG" placeholder:"FILE" help:"A configuration file, in which flags of kiosk and serve stand by their names, for them and for every other command. See loket manual settings."`

	Kiosk            desks.KioskCommand `cmd:"" default:"withargs" model:"always" help:"Open the desk on this terminal. This is what loket alone does."`
	Serve            desks.ServeCommand `cmd:"" model:"always" help:"Open the desk to whoever comes over SSH: demos, or the terminals of a branch and operators."`
	operatorCommands `embed:""`

	Settings   config.Commands          `cmd:"" name:"config" help:"Show and check what a desk works with."`
	Display    display.Commands         `cmd:"" model:"always" help:"Make letters on the screen of a kiosk large enough."`
	Monitoring monitoring.Commands      `cmd:"" help:"Print alerts and a dashboard for what watches desks."`
	Migrate    maintain.MigrateCommand  `cmd:"" help:"Bring a database of an earlier version of loket to this one, as opening a desk does."`
	Completion shell.CompletionCommand  `cmd:"" help:"Print what makes a shell complete command lines."`
	Man        shell.ManCommand         `cmd:"" model:"whole" help:"Print the manual page of all commands, for man(1)."`
	Licences   licences.LicencesCommand `cmd:"" help:"Print the licences of everything that the program is made of."`
}

// Main runs the command in the arguments of the program, until ctx ends, and returns its exit
// code (package exitcode). It writes results to out, and notices and errors to err.
func Main(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	if shell.IsCompletionRequest() {
		return writeCompletions(out, err)
	}
	// Handling SIGPIPE makes writing to a closed pipe return an error instead of ending the process.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, hangup, stop := console.ContextUntilHangup(ctx)
	defer stop()
	session := &database.CommandSession{
		Console:  &console.Console{In: in, Out: out, Err: err, Clock: clock.New(), Hangup: hangup},
		Operator: control.CurrentUser(), Forward: forwardToDesk,
	}
	if err := disableCoreDumps(); err != nil {
		session.PrintNotice("The memory of this process may be written to a file when it ends: %v.", err)
	}
	return dispatch.Run(ctx, &commandLine{}, args, session, kong.Vars{"version": buildinfo.Version() + " " + runtime.Version()}, kong.Bind(operatorRunner), kong.Help(printHelp),
		kong.WithAfterApply(warnOfVariablesOnce(session.Console)))
}

// warnOfVariablesOnce returns a hook of package kong that warns of unknown environment variables. Kong calls the hook for each word of
// the command, but the hook warns only once.
func warnOfVariablesOnce(c *console.Console) func(*kong.Kong) error {
	var once sync.Once
	return func(k *kong.Kong) error {
		once.Do(func() {
			if warning := config.EnvironmentWarning(k.Model); warning != "" {
				c.PrintNotice("%s", warning)
			}
		})
		return nil
	}
}

// writeCompletions prints the possible completions of the command line that an operator is typing in a shell.
func writeCompletions(out, err io.Writer) int {
	parser, fault := dispatch.NewParser(&commandLine{}, out, func(int) {}, kong.Vars{"version": ""})
	if fault == nil {
		fault = shell.WriteCompletions(out, parser, map[string][]string{
			"topic":         manual.Topics(),
			"flow":          diagram.FlowNames(),
			"number-state":  toStrings(store.NumberStates),
			"message-state": toStrings(store.MessageStates),
		})
	}
	if fault != nil {
		fmt.Fprintln(err, "loket:", fault)
		return exitcode.Failed
	}
	return exitcode.Done
}

// toStrings returns the values as strings.
func toStrings[T ~string](values []T) (words []string) {
	for _, v := range values {
		words = append(words, string(v))
	}
	return words
}

// printHelp prints the help of a command. The help of the whole program also names the manual.
func printHelp(o kong.HelpOptions, c *kong.Context) error {
	if err := kong.DefaultHelpPrinter(o, c); err != nil || c.Selected() != nil {
		return err
	}
	_, err := fmt.Fprintln(c.Stdout, `Run "loket manual" for how to do each thing, and a command with --help-all for its settings.`)
	return err
}
