package desks

import (
	"context"

	"loket/ui/command/control"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/command/running"
)

// A commandRunner runs the commands of operators on the database that a desk has open.
type commandRunner struct {
	dispatch.OperatorRunner
	desk         *running.RunningDesk
	openDatabase *database.OpenDatabase
}

// run runs a command in a session, counts it, and returns its exit code.
func (r commandRunner) run(ctx context.Context, session *database.CommandSession, args []string) (code int) {
	name, code := r.RunCommand(ctx, session, args)
	r.desk.Metrics.CountOperatorCommand(name, code)
	return code
}

// acceptCommands accepts commands from this machine over a control socket beside the database file, until stop is called. If there can
// be no socket, it only warns the operator, because visitors do not need it.
func (r commandRunner) acceptCommands(ctx context.Context) (stop func() error) {
	s := &control.Server{Log: r.desk.Log, Run: func(ctx context.Context, command control.Command) int {
		command.Console.Clock = r.desk.Clock
		return r.run(ctx, database.LocalSession(command.Console, r.openDatabase, command.User), command.Args)
	}}
	if r.openDatabase.IsShared() { // For a cluster no socket is needed, because every process can open the database itself.
		return s.Close
	}
	if err := control.Listen(ctx, r.openDatabase.DB, s); err != nil {
		running.LogWarnings(r.desk.Log, r.desk.NotifyOperator, []string{err.Error()})
	}
	return s.Close
}
