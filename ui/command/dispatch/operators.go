package dispatch

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/exitcode"
)

// Operators runs commands on a desk that is open, for operators who come over SSH or from this
// machine.
type Operators struct {
	NewGrammar func() any // returns the grammar of all that they can say, for one command
}

// RunCommand runs a command on a database that the process has open, and returns its name and
// its exit code. It is noted in the audit log before it begins, or else it does not
// begin: by whom, and which command, but nothing of what that is about.
func (o Operators) RunCommand(ctx context.Context, session *database.Session, args []string) (command string, code int) {
	selected := o.selectedCommand(args)
	command = "unknown"
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
	code = Run(ctx, o.NewGrammar(), args, session, hideOthers(session.Role))
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	if err := note(ending, outcomesByCode[code]); err != nil {
		return command, reportFailure(session.Err, exitcode.Failed, err)
	}
	return command, code
}

// CommandNames lists the commands that there are.
func (o Operators) CommandNames() (names []string) {
	for _, leaf := range o.leaves() {
		names = append(names, leaf.Path())
	}
	return names
}

// isSetting reports whether an argument is a flag for a setting.
func isSetting(arg string) bool { return strings.HasPrefix(arg, "--set-") }

// recordTimeout is how long it may take to note that a command ended.
const recordTimeout = 5 * time.Second

// outcomeRefused is what the audit log says of a command that the operator's role may not run.
const outcomeRefused = "refused"

// outcomesByCode are what the audit log says of how a command ended.
var outcomesByCode = map[int]string{exitcode.Done: "done", exitcode.Failed: "failed", exitcode.WrongUsage: "wrong usage"}

// selectedCommand returns the command that args begin with, as far as there is one, or nil: what
// else they say may be about a person.
func (o Operators) selectedCommand(args []string) *kong.Node {
	parser, err := NewParser(o.NewGrammar(), io.Discard, func(int) {})
	if err != nil {
		return nil
	}
	traced, err := kong.Trace(parser, args)
	if err != nil {
		return nil
	}
	return traced.Selected()
}
