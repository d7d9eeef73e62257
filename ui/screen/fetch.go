package screen

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// FetchedMsg is the result of a Fetch for one screen.
type FetchedMsg[T any] struct {
	Screen Screen
	Data   T
	Err    error
}

// FetchTimeout is the maximum time that a Fetch may take.
const FetchTimeout = 15 * time.Second

// Fetch returns the command that gets data from the store for a screen. The screen receives the data as a FetchedMsg.
func Fetch[T any](receiver Screen, from func(context.Context) (T, error)) tea.Cmd {
	return Send(BackgroundWork{func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, FetchTimeout)
		defer cancel()
		data, err := from(ctx)
		return FetchedMsg[T]{receiver, data, err}
	}})
}

// LoadState is how far a screen has got in fetching its data.
type LoadState int

const (
	Loading LoadState = iota
	Loaded
	LoadFailed
)
