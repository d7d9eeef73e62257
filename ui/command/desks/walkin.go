package desks

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"

	"loket/ui/command/console"
)

// ignoreKeys has nobody stop the process from its keyboard. As long as the desk
// has not set up the terminal, keys send signals.
func (k *Kiosk) ignoreKeys() {
	if k.Kiosk {
		signal.Ignore(keySignals...)
	}
}

// runForWalkIns opens the desk where customers walk in, so that they see nothing but the
// desk. What went wrong stands in the log.
func (k *Kiosk) runForWalkIns(c *console.Console, log *slog.Logger, open func() error) error {
	if !k.Kiosk {
		return open()
	}
	if err := k.hideStderr(c); err != nil {
		return err
	}
	if console, is := c.TerminalWriter().(*os.File); is {
		release, err := lockConsole(console)
		if err != nil {
			log.Warn(err.Error())
		}
		defer release()
	}
	err := open()
	if err != nil {
		log.Error("the desk ends", "error", err)
	}
	return err
}

// hideStderr has what the process writes to standard error stay out of sight, and what
// the Go runtime writes when the process dies go to the log: to neither does a
// customer's terminal belong.
func (k *Kiosk) hideStderr(c *console.Console) (err error) {
	path := k.Log
	if path == "" {
		path = os.DevNull
	}
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return fmt.Errorf("open log: %w", err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if console.IsTerminal(c.Err) {
		err = redirectFile(c.Err.(*os.File), to)
	} else if k.Log != "" {
		err = debug.SetCrashOutput(to, debug.CrashOptions{})
	}
	if err != nil {
		return fmt.Errorf("hide standard error: %w", err)
	}
	return nil
}
