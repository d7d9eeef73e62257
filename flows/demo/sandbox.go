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

// A Sandbox is a desk with a store and a clock of its own.
type Sandbox struct {
	*desk.Desk
	Persons []Person // whom the visitor can play
}

// terminal is the name of the terminal of a sandbox.
const terminal = "demo"

// Open opens a sandbox on an empty engine, with new keys that it keeps in memory alone. The
// customers are as on the date of the clock. Close closes the engine too.
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
	persons, err := findPersons(ctx, s, numbers)
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	return &Sandbox{d, persons}, nil
}

// Close closes the store, whose keys are lost with it.
func (s *Sandbox) Close() error { return s.Store.Close() }
