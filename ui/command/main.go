package command

import (
	"context"
	"io"
	"runtime"

	"github.com/alecthomas/kong"

	"loket/flows"
	"loket/ui/command/buildinfo"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/desks"
	"loket/ui/command/dispatch"
)

// commandLine is everything that can stand on one.
type commandLine struct {
	Version kong.VersionFlag `short:"v" help:"Show the version."`

	Kiosk    desks.Kiosk `cmd:"" default:"withargs" help:"Open the desk on this terminal. This is what loket alone does."`
	Serve    desks.Serve `cmd:"" help:"Open the desk to whoever comes over SSH: demos, or the terminals of a branch and operators."`
	operator `embed:""`
}

// Main does what the arguments of the program say, until ctx ends, and returns its
// exit code (package exit). Results go to out, and what is said about them to err.
func Main(ctx context.Context, args []string, in io.Reader, out, err io.Writer) int {
	session := &database.Session{Console: &console.Console{In: in, Out: out, Err: err, Clock: flows.NewClock()}}
	return dispatch.Run(ctx, &commandLine{}, args, session, kong.Vars{"version": buildinfo.Version() + " " + runtime.Version()}, kong.Bind(operators))
}
