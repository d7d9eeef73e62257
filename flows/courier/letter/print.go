package letter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"loket/flows/courier/delivery"
)

// printFile runs the print command for a letter. When ctx is done, the command has StopTimeout left to finish.
func (l *spoolSession) printFile(ctx context.Context, path string) error {
	if len(l.Spool.PrintCommand) == 0 {
		return nil
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.AnswerTimeout)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(l.StopTimeout, cancel) })()
	command := exec.CommandContext(limited, l.Spool.PrintCommand[0], append(slices.Clone(l.Spool.PrintCommand[1:]), path)...)
	// The print command does not inherit the variables of Loket, because they may contain a password.
	command.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "LOKET_") })
	command.WaitDelay = l.StopTimeout
	setProcessGroup(command)
	err := command.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil && limited.Err() != nil:
		return ctx.Err()
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return &delivery.Refusal{Why: fmt.Sprintf("the print command took longer than %v", l.AnswerTimeout)}
	}
	if exit, is := errors.AsType[*exec.ExitError](err); is {
		return &delivery.Refusal{Why: "the print command failed: " + exit.ProcessState.String()}
	}
	return &delivery.Refusal{Why: "the print command cannot be started"}
}
