package console

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// A Hangup determines the effect of the signal SIGHUP. By default the signal ends the command, because the terminal that it
// was started on is gone. A command can set another handler.
type Hangup struct{ handler atomic.Pointer[func()] }

// ContextUntilHangup returns a context that is canceled at SIGHUP, until stop is called. A process that was started to ignore the
// signal, for example by nohup(1), keeps ignoring it.
func ContextUntilHangup(ctx context.Context) (_ context.Context, h *Hangup, stop func()) {
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
				h.handleSignal(end)
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx, h, func() { signal.Stop(hangups); end() }
}

func (h *Hangup) handleSignal(end func()) {
	if instead := h.handler.Load(); instead != nil {
		(*instead)()
		return
	}
	end()
}

// SetHandler makes SIGHUP call the function instead of ending the command.
func (h *Hangup) SetHandler(do func()) {
	if h != nil {
		h.handler.Store(&do)
	}
}
