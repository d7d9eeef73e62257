package ui

import (
	"context"
	"fmt"

	"loket/flows/desk"
	"loket/ui/renderer"
	"loket/ui/tty"
)

// RunRemote is like Run, but on a remote terminal. After a panic it returns ErrProgramFault, also at a walk-in kiosk.
func RunRemote(ctx context.Context, desk *desk.Desk, o Options, t renderer.Terminal) error {
	o = o.withDefaults()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a := New(ctx, desk, o)
	defer a.Close()
	a.terminal.IsRemote = true
	var keys tty.ConsoleKeys
	model := &recoverModel{app: a, stopProgram: stop}
	if err := a.endRun(model.programEndError(renderer.Run(ctx, model, keys.FilterMessage, t), o.Log)); err != nil {
		return fmt.Errorf("run kiosk: %w", err)
	}
	return nil
}
