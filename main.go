// Loket is a self-service desk in the terminal for the customers of a bank and
// insurer: see README.md. Here is the command line; package ui/command holds
// what the commands do.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"loket/flows"
	"loket/ui/command"
)

// commandLine is everything that can stand on one.
type commandLine struct {
	Version kong.VersionFlag `short:"v" help:"Show the version."`

	Kiosk  command.Kiosk  `cmd:"" default:"withargs" help:"Open the desk on this terminal. This is what loket alone does."`
	Import command.Import `cmd:"" help:"Take in customers, products, applications, accounts and activation numbers."`
	Number command.Number `cmd:"" help:"Issue, show and revoke activation numbers."`
	Outbox command.Outbox `cmd:"" help:"Send, show, retry and drop e-mails and letters."`
	Stats  command.Stats  `cmd:"" help:"Count what is in a database."`
	Flows  command.Flows  `cmd:"" help:"Draw what a visitor can do, as Mermaid diagrams."`
	Sample command.Sample `cmd:"" help:"Write a fictional import file of any size."`
}

// How the program exits.
const (
	done       = 0
	failed     = 1
	wrongUsage = 2
)

func main() {
	os.Unsetenv("TEA_TRACE") // it would have every key that is pressed written to a file
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, os.Args[1:], &command.Console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Clock: flows.NewClock()})
	stop()
	os.Exit(code)
}

// run does what args say, and gives the exit code. What goes wrong is told in
// one sentence, also when it is a fault of the program.
func run(ctx context.Context, args []string, console *command.Console) (code int) {
	defer func() {
		if p := recover(); p != nil {
			code = fail(console.Err, failed, fmt.Errorf("this should not have happened: %v", p))
		}
	}()
	exited := -1 // by --help or --version
	parser, err := newParser(console.Out, func(code int) { exited = code })
	if err != nil {
		return fail(console.Err, failed, err)
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return fail(console.Err, wrongUsage, fmt.Errorf("%w; see loket --help", err))
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(console)
	if _, is := errors.AsType[command.Usage](err); is {
		return fail(console.Err, wrongUsage, err)
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errors.New("stopped before it was done")
	}
	if err != nil {
		return fail(console.Err, failed, err)
	}
	return done
}

func newParser(out io.Writer, exit func(int)) (*kong.Kong, error) {
	return kong.New(&commandLine{}, append(command.Settings,
		kong.Name("loket"),
		kong.Description("A self-service desk in the terminal for the customers of a bank and insurer."),
		kong.Vars{"version": version()},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Writers(out, out),
		kong.Exit(exit),
	)...)
}

func fail(out io.Writer, code int, err error) int {
	fmt.Fprintf(out, "loket: %v\n", err)
	return code
}

// version tells what this program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			v += " (" + setting.Value + ")"
		}
	}
	return v + " " + info.GoVersion
}
