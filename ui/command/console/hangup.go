package console

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// A Hangup is what SIGHUP does. It ends a command, because the terminal of whoever started
// it is gone, unless the command has something else done.
type Hangup struct{ handler atomic.Pointer[func()] }

// OnHangup returns a context that ends at SIGHUP, until stop. A process that was started to
// ignore the signal, as nohup(1) does, goes on ignoring it.
func OnHangup(ctx context.Context) (_ context.Context, h *Hangup, stop func()) {
	h = &Hangup{}
	if signal.Ignored(syscall.SIGHUP) {
		return ctx, h, func() {}
	}
	ctx, end := context.WithCancel(ctx)
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	go func() {
		for {
			select {
			case <-hangups:
				h.hangUp(end)
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx, h, func() { signal.Stop(hangups); end() }
}

func (h *Hangup) hangUp(end func()) {
	if instead := h.handler.Load(); instead != nil {
		(*instead)()
		return
	}
	end()
}

// SetHandler has SIGHUP do something else than end the command.
func (h *Hangup) SetHandler(do func()) {
	if h != nil {
		h.handler.Store(&do)
	}
}
