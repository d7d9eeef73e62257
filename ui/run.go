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

// Run runs a kiosk at a desk until ctx is done or the visitor stops the kiosk. It returns
// once all work on the store is over. Without options for a terminal and without
// o.Terminal, the kiosk uses the terminal that the program was started on. The caller
// handles signals by ending ctx. The end of ctx is no error.
//
// A panic goes to the log and never to the terminal. A walk-in kiosk then starts again. Any
// other kiosk ends with ErrFault.
func Run(ctx context.Context, desk *desk.Desk, o Options, terminal ...tea.ProgramOption) (err error) {
	os.Unsetenv("TEA_TRACE") // it would log every key, passwords included
	o = o.withDefaults()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if o.Terminal != nil {
		if err := o.Terminal.Begin(o.WalkIn); err != nil {
			return fmt.Errorf("run kiosk: %w", err)
		}
		defer func() { err = errors.Join(err, o.releaseTerminal()) }()
	}
	var pause restartPause
	for {
		startedAt := desk.Clock.RealNow()
		err := runOnce(ctx, desk, o, o.Terminal.Options(desk.Clock, o.WalkIn, cancel), terminal)
		switch {
		case err == nil, ctx.Err() != nil:
			return nil
		case !o.WalkIn || !errors.Is(err, ErrFault):
			return fmt.Errorf("run kiosk: %w", err)
		}
		o.Terminal.ShowMessages(words.FaultStep().Title(), words.RestartsText)
		pause.increaseAfter(desk.Clock.RealNow().Sub(startedAt))
		pause.waitAlive(ctx, o.ReportAlive)
	}
}

// releaseTerminal gives the terminal back. At a walk-in kiosk it leaves the text there that the
// desk is closed.
func (o Options) releaseTerminal() error {
	if o.WalkIn {
		return o.Terminal.End(words.DeskClosedText)
	}
	return o.Terminal.End()
}

// runOnce runs a kiosk until it ends or panics.
func runOnce(ctx context.Context, desk *desk.Desk, o Options, keyboard, terminal []tea.ProgramOption) error {
	a := New(ctx, desk, o)
	defer a.Close()
	var keys tty.ConsoleKeys
	ownOptions := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond), tea.WithFilter(keys.FilterMessage),
	}
	model := &recoverModel{app: a}
	program := tea.NewProgram(model, slices.Concat(keyboard, terminal, ownOptions)...)
	model.stopProgram = func() { go program.Quit() }
	_, err := program.Run()
	return model.endError(err, o.Log)
}

// framesPerSecond is how often the terminal is drawn at most. A typed character waits 8 ms
// on average for the next frame.
const framesPerSecond = 60

// restartPause is how long a walk-in kiosk waits before it starts again.
type restartPause time.Duration

const (
	firstPause     = restartPause(2 * time.Second)
	maxPause       = restartPause(time.Minute)
	healthyRunTime = 10 * time.Minute // a run that resets the pause
)

// increaseAfter doubles the pause, or sets it to firstPause after a healthy run.
func (p *restartPause) increaseAfter(ran time.Duration) {
	if ran >= healthyRunTime {
		*p = 0
	}
	*p = min(max(2*(*p), firstPause), maxPause)
}

// waitAlive waits for the pause or until ctx is done. It calls alive every second, so that a
// watchdog does not take the kiosk for hung.
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
