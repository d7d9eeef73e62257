package ui

import (
	"context"
	"fmt"

	"loket/flows"
	"loket/ui/renderer"
)

// RunOn is Run on a terminal that is elsewhere. A fault of the program ends it with
// ErrFault, also where customers walk in.
func RunOn(ctx context.Context, desk *flows.Desk, o Options, t renderer.Terminal) error {
	o = o.complete()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a := New(ctx, desk, o)
	defer a.Close()
	var keys consoleKeys
	model := &recoverModel{app: a, stop: stop}
	if err := model.result(renderer.Run(ctx, model, keys.filter, t), o.Log); err != nil {
		return fmt.Errorf("run kiosk: %w", err)
	}
	return nil
}
