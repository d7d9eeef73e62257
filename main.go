// Loket is a self-service desk in the terminal for the customers of a bank and
// insurer: see README.md. Here is the command line; package ui/command holds
// what the commands do.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/alecthomas/kong"

	"loket/flows/clock"
	"loket/ui/command"
)

// commandLine is everything that can stand on one.
type commandLine struct {
	Version kong.VersionFlag `short:"v" help:"Show the version."`

	Kiosk            command.Kiosk `cmd:"" default:"withargs" help:"Open the desk on this terminal. This is what loket alone does."`
	Serve            command.Serve `cmd:"" help:"Open the desk to whoever comes over SSH: demos, or the terminals of a branch and operators."`
	command.Operator `embed:""`
}

func main() {
	os.Unsetenv("TEA_TRACE") // it would have every key that is pressed written to a file
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, os.Args[1:], &command.Console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Clock: clock.New()})
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, console *command.Console) (code int) {
	return command.Run(ctx, &commandLine{}, args, console, kong.Vars{"version": version()})
}

// version tells what this program was built from, and with what.
func version() string { return command.Version() + " " + runtime.Version() }
