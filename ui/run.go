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

// Run runs a kiosk at a desk until ctx is done or the visitor stops the kiosk. Before it returns, it waits for all work on the
// store. Without options for a terminal and without o.Terminal, the kiosk uses the terminal on which the program was started.
// Run does not handle signals, and returns no error when ctx is done.
//
// Panics go to the log and never to the terminal. After a panic, a walk-in kiosk starts again, and any other kiosk ends with
// ErrProgramFault.
func Run(ctx context.Context, desk *desk.Desk, o Options, terminal ...tea.ProgramOption) (err error) {
	os.Unsetenv("TEA_TRACE") // With this variable, Bubble Tea would log every key, including passwords.
	o = o.withDefaults()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if o.Terminal != nil {
		if err := o.Terminal.SetUpTerminal(o.WalkIn); err != nil {
			return fmt.Errorf("run kiosk: %w", err)
		}
		defer func() { err = errors.Join(err, o.releaseTerminal()) }()
	}
	var pause restartPause
	for {
		startedAt := desk.Clock.RealNow()
		err := runOnce(ctx, desk, o, o.Terminal.ProgramOptions(desk.Clock, o.WalkIn, cancel), terminal)
		switch {
		case err == nil, ctx.Err() != nil:
			return nil
		case !o.WalkIn || !errors.Is(err, ErrProgramFault):
			return fmt.Errorf("run kiosk: %w", err)
		}
		o.Terminal.ShowMessages(words.FaultStep().Title(), words.DeskRestartsText)
		pause.increaseAfterRun(desk.Clock.RealNow().Sub(startedAt))
		pause.waitReportingAlive(ctx, o.ReportAlive)
	}
}

// releaseTerminal restores the terminal. On a walk-in kiosk it leaves a text on the screen that says that the desk is closed, unless
// the visit continues on the plain face.
func (o Options) releaseTerminal() error {
	if o.WalkIn && !o.Handover.HasVisit() {
		return o.Terminal.RestoreTerminal(words.DeskClosedText)
	}
	return o.Terminal.RestoreTerminal()
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
	return a.endRun(model.programEndError(err, o.Log))
}

// framesPerSecond is the maximum number of times per second that the terminal is drawn. On average, a typed character waits 8
// ms for the next frame.
const framesPerSecond = 60

// restartPause is how long a walk-in kiosk waits before it starts again.
type restartPause time.Duration

const (
	firstRestartPause = restartPause(2 * time.Second)
	maxRestartPause   = restartPause(time.Minute)
	healthyRunTime    = 10 * time.Minute // healthyRunTime is how long a kiosk must run before the pause is reset.
)

// increaseAfterRun doubles the pause. After a run of at least healthyRunTime, it sets the pause to firstRestartPause.
func (p *restartPause) increaseAfterRun(ran time.Duration) {
	if ran >= healthyRunTime {
		*p = 0
	}
	*p = min(max(2*(*p), firstRestartPause), maxRestartPause)
}

// waitReportingAlive waits for the pause to end or ctx to be done. It calls alive every second, because a watchdog would otherwise
// assume that the kiosk hangs.
func (p restartPause) waitReportingAlive(ctx context.Context, alive func()) {
	for range int(time.Duration(p) / time.Second) {
		alive()
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return
		}
	}
}
