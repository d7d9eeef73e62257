// Package fleet keeps track of the branch terminals of a desk: which are connected, since when, and when somebody last used
// them. It knows the place at the desk that each terminal shows, and nothing about the visitor there.
//
// The package stands on flows/clock. Start at Fleet.
package fleet

import (
	"cmp"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"loket/flows/clock"
	"loket/flows/place"
)

// A Terminal is the state of a branch terminal.
type Terminal struct {
	TerminalClient
	Connected bool
	Since     time.Time // Since is when the terminal connected or disconnected. It is zero if it has not connected yet.
	Place     place.ID  // Place is the place at the desk that the terminal shows. It is empty while nobody is there.
	LastInput time.Time // LastInput is the time of the last key, touch or paste. It is zero if there was none.
}

// A TerminalClient is what a terminal connects with.
type TerminalClient struct {
	Name        string // Name is the name of the terminal.
	Fingerprint string // Fingerprint is that of the key. It is empty for a terminal without one.
	Address     string // Address is the network address, without the port.
	Version     string // Version is the name and version of the client program.
}

// A Fleet has the terminals of a desk. The methods of nil do nothing.
type Fleet struct {
	Clock *clock.Clock
	Log   *slog.Logger
	Known func() []TerminalClient // Known returns the terminals that may connect, without address and version. It may be nil.

	mu        sync.Mutex
	terminals map[string]*TerminalPresence // terminals has the newest presence of each terminal, by its name.
}

// A TerminalPresence is a terminal from the moment it connects. The methods of nil do nothing.
type TerminalPresence struct {
	fleet    *Fleet
	terminal Terminal
}

// Connect records that a terminal has connected. A terminal that connects again replaces its old presence.
func (f *Fleet) Connect(c TerminalClient) *TerminalPresence {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.terminals == nil {
		f.terminals = map[string]*TerminalPresence{}
	}
	p := &TerminalPresence{f, Terminal{TerminalClient: c, Connected: true, Since: f.Clock.Now()}}
	if old := f.terminals[c.Name]; old != nil {
		p.terminal.LastInput = old.terminal.LastInput
	}
	f.terminals[c.Name] = p
	f.Log.Info("a terminal has connected", "terminal", c.Name, "fingerprint", c.Fingerprint, "address", c.Address, "client", c.Version)
	return p
}

// Disconnect records that the terminal has disconnected, and why.
func (p *TerminalPresence) Disconnect(why string) {
	if p == nil {
		return
	}
	p.fleet.mu.Lock()
	defer p.fleet.mu.Unlock()
	t, now := &p.terminal, p.fleet.Clock.Now()
	p.fleet.Log.Info("a terminal is gone", "terminal", t.Name, "fingerprint", t.Fingerprint, "address", t.Address, "after", now.Sub(t.Since).Round(time.Second), "why", why)
	t.Connected, t.Since, t.Place = false, now, ""
}

// SetPlace records the place that the terminal shows.
func (p *TerminalPresence) SetPlace(at place.ID) {
	if p == nil {
		return
	}
	p.fleet.mu.Lock()
	defer p.fleet.mu.Unlock()
	p.terminal.Place = at
}

// RecordInput records that somebody uses the terminal now.
func (p *TerminalPresence) RecordInput() {
	if p == nil {
		return
	}
	p.fleet.mu.Lock()
	defer p.fleet.mu.Unlock()
	p.terminal.LastInput = p.fleet.Clock.Now()
}

// Terminals returns the state of all terminals that are known or connected, by name.
func (f *Fleet) Terminals() (all []Terminal) {
	if f == nil {
		return nil
	}
	var known []TerminalClient
	if f.Known != nil {
		known = f.Known()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	byName := map[string]Terminal{}
	for _, c := range known {
		byName[c.Name] = Terminal{TerminalClient: c}
	}
	for name, p := range f.terminals {
		_, isKnown := byName[name]
		switch {
		case isKnown || p.terminal.Connected:
			byName[name] = p.terminal
		default: // its key was removed from the file
			delete(f.terminals, name)
		}
	}
	return slices.SortedFunc(maps.Values(byName), func(a, b Terminal) int { return cmp.Compare(a.Name, b.Name) })
}
