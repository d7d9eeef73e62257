package display

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"loket/ui/command/console"
	"loket/ui/command/virtualconsole"
)

// LockCommand is the command that runs a program on the console on standard input, while no key leaves the console or stops it.
type LockCommand struct {
	Program   string   `arg:"" help:"The program."`
	Arguments []string `arg:"" optional:"" passthrough:"all" help:"Its arguments."`
}

// Help explains the command.
func (LockCommand) Help() string {
	return `The script of a terminal (loket systemd terminal-script) runs itself by this. While the program runs, the console does nothing at Scroll Lock, Ctrl+Alt+Del, Alt+F2 and other keys with which visitors could stop or leave what they see. It takes the capability CAP_SYS_TTY_CONFIG. Without that, or on another kind of terminal, the program runs all the same.`
}

// Run runs the program, and returns its error.
func (l *LockCommand) Run(ctx context.Context, c *console.Console) error {
	if terminal, is := c.In.(*os.File); is {
		release, err := virtualconsole.Lock(terminal)
		if err != nil {
			c.PrintNotice("%v.", err)
		}
		defer release()
	}
	run := exec.CommandContext(ctx, l.Program, l.Arguments...)
	run.Stdin, run.Stdout, run.Stderr = c.In, c.TerminalWriter(), c.Err
	run.Cancel = func() error { return run.Process.Signal(syscall.SIGTERM) }
	if err := run.Run(); err != nil {
		return fmt.Errorf("run %s: %w", l.Program, err)
	}
	return nil
}
