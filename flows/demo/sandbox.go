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

// A Sandbox is a desk with its own store and clock, for the demo.
type Sandbox struct {
	*desk.Desk
	Persons []Person // Persons are the customers whom the visitor can play.
}

// terminalName is the name of a sandbox's terminal.
const terminalName = "demo"

// OpenSandbox opens a sandbox on an empty database engine. The encryption keys are new and kept only in memory. The customers' dates
// are relative to the date of the clock. Closing the sandbox also closes the engine.
func OpenSandbox(ctx context.Context, engine kvdb.Engine, clock *clock.Clock) (*Sandbox, error) {
	keys, err := keyring.NewInMemory()
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	s, err := store.Open(ctx, engine, keys, clock.Now)
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	d := desk.New(s, clock, terminalName, desk.DefaultSettings())
	numbers, err := importCustomers(ctx, d, dutch.DateOf(clock.Now()))
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	persons, err := findPersons(ctx, s, numbers)
	if err != nil {
		return nil, fmt.Errorf("open the demo: %w", err)
	}
	return &Sandbox{d, persons}, nil
}

// Close closes the store. The data cannot be read again, because its keys are lost.
func (s *Sandbox) Close() error { return s.Store.Close() }
