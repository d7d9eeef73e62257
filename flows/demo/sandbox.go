package demo

import (
	"context"
	"fmt"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// A Sandbox is a desk in a world of its own.
type Sandbox struct {
	*desk.Desk
	Cast []Person // who the visitor can be
}

// terminal is what the desk of a sandbox is called.
const terminal = "demo"

// Open makes a sandbox over an empty engine, with keys that are kept nowhere
// and the customers as they are by the clock. The engine is closed with the
// sandbox.
func Open(ctx context.Context, engine kvdb.Engine, clock *clock.Clock) (*Sandbox, error) {
	keys, err := keyring.New()
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	s, err := store.Open(ctx, engine, keys, clock.Now)
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	d := desk.New(s, clock, terminal, desk.Defaults())
	numbers, err := populate(ctx, d, dutch.DateOf(clock.Now()))
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	persons, err := findCast(ctx, s, numbers)
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	return &Sandbox{d, persons}, nil
}

// Close forgets everything.
func (s *Sandbox) Close() error { return s.Store.Close() }
