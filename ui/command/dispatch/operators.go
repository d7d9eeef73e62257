package dispatch

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/exitcode"
)

// OperatorRunner runs commands on an open desk, for operators who work over SSH or on this machine.
type OperatorRunner struct {
	// NewGrammar returns an empty struct that has all commands for operators. Each command line needs its own struct.
	NewGrammar func() any
}

// RunCommand runs a command on a database that the process has open, and returns its name and its exit code. First it records
// the operator and the name of the command in the audit log, but no arguments. If recording fails, the command does not run.
func (o OperatorRunner) RunCommand(ctx context.Context, session *database.CommandSession, args []string) (command string, code int) {
	command = "unknown"
	line, err := newCommandLine(ctx, o.NewGrammar(), args, session, hideCommandsFromRole(session.Role))
	if err != nil {
		return command, reportFailure(session.Err, exitcode.Failed, err)
	}
	selected := line.selectedCommand()
	if selected != nil {
		command = selected.Path()
	}
	note := func(ctx context.Context, outcome string) error {
		if err := session.RecordCommand(ctx, session.OpenDatabase.Store, command, outcome); err != nil {
			return fmt.Errorf("note the command in the audit log: %w", err)
		}
		return nil
	}
	if err := checkRole(session.Role, selected); err != nil {
		return command, reportFailure(session.Err, exitcode.Failed, cmp.Or(note(ctx, outcomeRefused), err))
	}
	if slices.ContainsFunc(args, isSetting) {
		return command, reportFailure(session.Err, exitcode.WrongUsage, console.UsageError("the settings are those of the desk that is open here: leave every --set- out"))
	}
	if err := note(ctx, database.OutcomeRequested); err != nil {
		return command, reportFailure(session.Err, exitcode.Failed, err)
	}
	code = line.run(ctx)
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	if err := note(ending, outcomesByCode[code]); err != nil {
		return command, reportFailure(session.Err, exitcode.Failed, err)
	}
	return command, code
}

// CommandNames returns the names of all commands.
func (o OperatorRunner) CommandNames() (names []string) {
	for _, command := range o.leafCommands() {
		names = append(names, command.path)
	}
	return names
}

// isSetting reports whether an argument is a flag for a setting.
func isSetting(arg string) bool { return strings.HasPrefix(arg, "--set-") }

// recordTimeout is the maximum time for recording that a command has ended.
const recordTimeout = 5 * time.Second

// outcomeRefused is the outcome in the audit log of a command that the operator's role may not run.
const outcomeRefused = "refused"

// outcomesByCode maps the exit codes of commands to their outcomes in the audit log.
var outcomesByCode = map[int]string{exitcode.Done: "done", exitcode.Failed: "failed", exitcode.WrongUsage: "wrong usage"}
