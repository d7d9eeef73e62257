package desks

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"

	"loket/ui/command/console"
	"loket/ui/command/virtualconsole"
)

// ignoreKeys makes the process ignore the signals that keys send, so that nobody can stop it from its keyboard before the desk
// has set up the terminal.
func (k *KioskCommand) ignoreKeys() {
	if k.Kiosk {
		signal.Ignore(keySignals...)
	}
}

// runForWalkIns runs a desk on a terminal that customers use. It keeps everything except the desk off the screen: errors go to
// the log.
func (k *KioskCommand) runForWalkIns(c *console.Console, log *slog.Logger, open func() error) error {
	if !k.Kiosk {
		return open()
	}
	if err := k.hideStderr(c); err != nil {
		return err
	}
	if console, is := c.TerminalWriter().(*os.File); is {
		release, err := virtualconsole.Lock(console)
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

// hideStderr hides standard error from customers, who see this terminal. If there is a log file, a crash of the Go runtime is
// reported there.
func (k *KioskCommand) hideStderr(c *console.Console) (err error) {
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
