package ui

import (
	"context"
	"errors"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
)

// Run runs a kiosk at a desk until ctx is done or the visitor stops it, and
// returns once whatever it did on the store is over. Without options for a
// terminal it takes the one that the program was started on. Signals are the
// caller's: they end ctx. What ctx ends is no error.
func Run(ctx context.Context, desk *flows.Desk, o Options, terminal ...tea.ProgramOption) error {
	os.Unsetenv("TEA_TRACE") // it would log every key, passwords included
	a := New(ctx, desk, o)
	defer a.Close()
	var keys consoleKeys
	own := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond), tea.WithFilter(keys.filter),
	}
	_, err := tea.NewProgram(a, append(terminal, own...)...).Run()
	if err != nil && !(errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil) {
		return fmt.Errorf("run kiosk: %w", err)
	}
	return nil
}

// framesPerSecond is how often the terminal is drawn at most. What is typed, and
// the first frame too, waits for the next one: 8 ms on the average.
const framesPerSecond = 60
