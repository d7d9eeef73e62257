package command

import (
	"context"
	"os"
	"slices"
	"strings"

	"loket/ui/command/console"
	"loket/ui/command/control"
	"loket/ui/command/database"
)

// forwardToDesk is the [database.Forwarder] of this command line: the desk runs what operators
// can give it.
func forwardToDesk(ctx context.Context, s *database.Session, d database.Database, files console.NamedFiles, args []string) (code int, found bool, err error) {
	desk, err := control.Connect(d.DB)
	if desk == nil {
		return 0, false, err
	}
	defer desk.Close()
	if !slices.Contains(operatorRunner.CommandNames(), s.Command) {
		return 0, false, nil
	}
	if set := settingsInEnvironment(); len(set) > 0 {
		s.PrintNotice("The settings of the desk that is open count here, and not those of this environment: %s.", strings.Join(set, ", "))
	}
	code, err = desk.Run(ctx, control.Request{Args: args, Files: files, Console: s.Console})
	return code, true, err
}

// settingsInEnvironment returns the names of the variables that set something for desks.
func settingsInEnvironment() (names []string) {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "LOKET_SET_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
