package courier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// print hands a letter to the print command. When ctx is done that has little
// time left.
func (l *postLine) print(ctx context.Context, path string) error {
	if len(l.Letters.Print) == 0 {
		return nil
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.Settings.Answer)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(l.Settings.Stop, cancel) })()
	command := exec.CommandContext(limited, l.Letters.Print[0], append(slices.Clone(l.Letters.Print[1:]), path)...)
	command.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "LOKET_") }) // a password may be there
	command.WaitDelay = l.Settings.Stop
	alone(command)
	err := command.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil && limited.Err() != nil:
		return ctx.Err()
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return &refusal{why: fmt.Sprintf("the print command took longer than %v", l.Settings.Answer)}
	}
	if exit, is := errors.AsType[*exec.ExitError](err); is {
		return &refusal{why: "the print command failed: " + exit.ProcessState.String()}
	}
	return &refusal{why: "the print command cannot be started"}
}
