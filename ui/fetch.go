package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// fetched is what came of fetching something for one screen.
type fetched[T any] struct {
	by   screen
	what T
	err  error
}

// fetchTimeout is how long it may take.
const fetchTimeout = 15 * time.Second

// fetch gets something from the store for a screen, which comes as fetched.
func fetch[T any](by screen, from func(context.Context) (T, error)) tea.Cmd {
	return to(slow{func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
		defer cancel()
		what, err := from(ctx)
		return fetched[T]{by, what, err}
	}})
}
