package web

import (
	"log/slog"
	"testing"

	"loket/flows/clock"
	"loket/ui/fleet"
)

// usedFleet returns a fleet of a terminal that was used and one that did not connect yet.
func usedFleet(clock *clock.Clock) *fleet.Fleet {
	f := &fleet.Fleet{Clock: clock, Log: slog.New(slog.DiscardHandler), Known: func() []fleet.TerminalClient {
		return []fleet.TerminalClient{{Name: "Utrecht 1"}, {Name: "Breda 1"}}
	}}
	f.Connect(fleet.TerminalClient{Name: "Utrecht 1"}).RecordInput()
	return f
}

// TestTerminalMetrics tests the metrics of terminals: only those in the file of keys, and no time of what did not happen.
func TestTerminalMetrics(t *testing.T) {
	m, clock := newMetrics(), clock.New()
	f := usedFleet(clock)
	m.WatchTerminals(f)
	got := m.values(t)
	if got[`loket_terminal_connected{terminal="Utrecht 1"}`] != 1 || got[`loket_terminal_last_input_seconds{terminal="Utrecht 1"}`] < 1e9 || got[`loket_terminal_since_seconds{terminal="Utrecht 1"}`] < 1e9 {
		t.Errorf("connected: %v", got)
	}
	value, is := got[`loket_terminal_connected{terminal="Breda 1"}`]
	_, since := got[`loket_terminal_since_seconds{terminal="Breda 1"}`]
	_, used := got[`loket_terminal_last_input_seconds{terminal="Breda 1"}`]
	if value != 0 || !is || since || used {
		t.Errorf("not connected: %v", got)
	}
	f.Connect(fleet.TerminalClient{Name: "Delft 1"}).Disconnect("its key was removed")
	if _, is := m.values(t)[`loket_terminal_connected{terminal="Delft 1"}`]; is {
		t.Error("a terminal that may not connect has a metric")
	}
	(*Metrics)(nil).WatchTerminals(f)
}
