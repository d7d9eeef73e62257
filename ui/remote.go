package ui

import (
	"context"
	"fmt"

	"loket/flows/desk"
	"loket/ui/renderer"
	"loket/ui/tty"
)

// RunOn is Run on a terminal that is elsewhere. A fault of the program ends it with
// ErrFault, also where customers walk in.
func RunOn(ctx context.Context, desk *desk.Desk, o Options, t renderer.Terminal) error {
	o = o.complete()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a := New(ctx, desk, o)
	defer a.Close()
	var keys tty.ConsoleKeys
	model := &recoverModel{app: a, stop: stop}
	if err := model.result(renderer.Run(ctx, model, keys.Filter, t), o.Log); err != nil {
		return fmt.Errorf("run kiosk: %w", err)
	}
	return nil
}
