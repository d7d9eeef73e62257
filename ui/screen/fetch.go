package screen

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// FetchedMsg is what came of fetching something for one screen.
type FetchedMsg[T any] struct {
	By   Screen
	What T
	Err  error
}

// FetchTimeout is how long it may take.
const FetchTimeout = 15 * time.Second

// Fetch returns the command that gets something from the store for a screen. It comes
// as Fetched.
func Fetch[T any](by Screen, from func(context.Context) (T, error)) tea.Cmd {
	return Send(Background{func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, FetchTimeout)
		defer cancel()
		what, err := from(ctx)
		return FetchedMsg[T]{by, what, err}
	}})
}

// LoadState is how far a screen is with what it shows.
type LoadState int

const (
	Loading LoadState = iota
	Loaded
	LoadFailed
)
