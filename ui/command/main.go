package command

import (
	"context"
	"io"
	"runtime"

	"github.com/alecthomas/kong"

	"loket/flows/clock"
)

// commandLine is everything that can stand on one.
type commandLine struct {
	Version kong.VersionFlag `short:"v" help:"Show the version."`

	Kiosk    Kiosk `cmd:"" default:"withargs" help:"Open the desk on this terminal. This is what loket alone does."`
	Serve    Serve `cmd:"" help:"Open the desk to whoever comes over SSH: demos, or the terminals of a branch and operators."`
	Operator `embed:""`
}

// Main does what the arguments of the program say, until ctx ends, and returns its
// exit code (package exit). Results go to out, and what is said about them to err.
func Main(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	console := &Console{In: in, Out: out, Err: err, Clock: clock.New()}
	return Run(ctx, &commandLine{}, args, console, kong.Vars{"version": Version() + " " + runtime.Version()})
}
