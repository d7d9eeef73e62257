package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/desk"
	"loket/ui/tty"
	"loket/ui/words"
)

// Run runs a kiosk at a desk until ctx is done or the visitor stops it, and
// returns once whatever it did on the store is over. Without options for a
// terminal, nor one of its own, it takes the one that the program was started on.
// Signals are the caller's: they end ctx. What ctx ends is no error.
//
// A fault of the program goes to the log and to no terminal. A walk-in kiosk begins
// anew after it, and any other ends with ErrFault.
func Run(ctx context.Context, desk *desk.Desk, o Options, terminal ...tea.ProgramOption) (err error) {
	os.Unsetenv("TEA_TRACE") // it would log every key, passwords included
	o = o.withDefaults()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if o.Terminal != nil {
		if err := o.Terminal.Begin(o.WalkIn); err != nil {
			return fmt.Errorf("run kiosk: %w", err)
		}
		defer func() { err = errors.Join(err, o.endTerminal()) }()
	}
	var pause restartPause
	for {
		begun := desk.Clock.RealNow()
		err := runOnce(ctx, desk, o, o.Terminal.Options(desk.Clock, o.WalkIn, cancel), terminal)
		switch {
		case err == nil, ctx.Err() != nil:
			return nil
		case !o.WalkIn || !errors.Is(err, ErrFault):
			return fmt.Errorf("run kiosk: %w", err)
		}
		o.Terminal.Show(words.ApologyStep().Title(), words.RestartsText)
		pause.growAfter(desk.Clock.RealNow().Sub(begun))
		pause.waitAlive(ctx, o.Alive)
	}
}

// endTerminal leaves the terminal, and says that the desk is closed where customers
// walk in.
func (o Options) endTerminal() error {
	if o.WalkIn {
		return o.Terminal.End(words.Closed)
	}
	return o.Terminal.End()
}

// runOnce runs a kiosk until it ends, or a fault ends it.
func runOnce(ctx context.Context, desk *desk.Desk, o Options, keyboard, terminal []tea.ProgramOption) error {
	a := New(ctx, desk, o)
	defer a.Close()
	var keys tty.ConsoleKeys
	own := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond), tea.WithFilter(keys.FilterMessage),
	}
	model := &recoverModel{app: a}
	program := tea.NewProgram(model, slices.Concat(keyboard, terminal, own)...)
	model.stop = func() { go program.Quit() }
	_, err := program.Run()
	return model.endError(err, o.Log)
}

// framesPerSecond is how often the terminal is drawn at most. What is typed, and
// the first frame too, waits for the next one: 8 ms on the average.
const framesPerSecond = 60

// restartPause is how long a walk-in kiosk waits before it begins anew.
type restartPause time.Duration

const (
	firstPause = restartPause(2 * time.Second)
	maxPause   = restartPause(time.Minute)
	healthyRun = 10 * time.Minute // after which a fault is the first one again
)

// growAfter makes it longer, after a kiosk that ran for so long.
func (p *restartPause) growAfter(ran time.Duration) {
	if ran >= healthyRun {
		*p = 0
	}
	*p = min(max(2*(*p), firstPause), maxPause)
}

// waitAlive waits, which is no reason to take the kiosk for hung.
func (p restartPause) waitAlive(ctx context.Context, alive func()) {
	for range int(time.Duration(p) / time.Second) {
		alive()
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return
		}
	}
}
