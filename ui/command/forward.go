package command

import (
	"context"
	"slices"
	"strings"

	"loket/ui/command/config"
	"loket/ui/command/console"
	"loket/ui/command/control"
	"loket/ui/command/database"
)

// forwardToDesk is the [database.Forwarder] of the command line. The desk runs only the commands that operators can also give
// over SSH.
func forwardToDesk(ctx context.Context, s *database.CommandSession, d database.Database, files console.NamedFiles, args []string) (code int, found bool, err error) {
	desk, err := control.Connect(d.DB)
	if desk == nil {
		return 0, false, err
	}
	defer desk.Close()
	if !slices.Contains(operatorRunner.CommandNames(), s.Command) {
		return 0, false, nil
	}
	if set := config.VariablesWithPrefix("LOKET_SET_"); len(set) > 0 {
		s.PrintNotice("The settings of the desk that is open count here, and not those of this environment: %s.", strings.Join(set, ", "))
	}
	code, err = desk.Run(ctx, control.Request{Args: args, Files: files, Console: s.Console})
	return code, true, err
}
