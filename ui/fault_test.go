package ui

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/pages"
	"loket/ui/screen"
)

// failing is a screen that panics in View or in a command.
type failing struct{ inView, inCommand bool }

func (f *failing) Update(msg tea.Msg) tea.Cmd {
	if _, is := msg.(tea.KeyPressMsg); !is {
		return nil
	}
	if f.inCommand {
		return tea.Batch(func() tea.Msg { panic("broken in a command") })
	}
	panic("broken in Update")
}

func (f *failing) View(screen.Frame) screen.Page {
	if f.inView {
		panic("broken in View")
	}
	return screen.Page{}
}

func (f *failing) Keys() []keys.Binding { return nil }

// TestFault checks that a customer sees only an apology after a panic.
func TestFault(t *testing.T) {
	for _, broken := range []*failing{{}, {inView: true}, {inCommand: true}} {
		var log bytes.Buffer
		atKiosk(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))}, func(v *visitor) {
			v.app.openScreen(broken)
			v.app.View()
			v.press("x")
			v.sees("Er ging iets mis bij ons", "Naar het begin")
			v.seesNo("broken", "goroutine")
			logged := log.String() // The value of the panic may contain personal data.
			if !strings.Contains(logged, `what="panic with a string"`) || !strings.Contains(logged, "fault_test.go") || strings.Contains(logged, "broken") {
				v.Errorf("log: %s", logged)
			}
			v.press("1")
			v.sees("Waarmee kunnen we je helpen?")
			v.press("1")
			v.sees("Activatienummer")
		})
	}
}

// TestTrouble checks that an answer that cannot be stored has no effect and loses no typed text.
func TestTrouble(t *testing.T) {
	var log bytes.Buffer
	atKiosk(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))}, func(v *visitor) {
		v.press("2")
		v.app.desk.Store.Close()
		v.fills("csmit80", "Sterk-wacht1")
		v.sees("Het lukt ons nu niet", "csmit80", "••••")
		v.press("ctrl+l")
		v.sees("We cannot process this right now")
		if !strings.Contains(log.String(), "submit") || strings.Contains(log.String(), "csmit80") || strings.Contains(log.String(), "Sterk") {
			v.Errorf("log: %s", &log)
		}
	})
}

// TestLate checks that a message of one visit never reaches the next visit (R19).
func TestLate(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		late := v.app.bindToVisit(screen.Send(screen.OpenMsg{Screen: pages.NewEnding(v.app.visit, "", flow.Step{Title: text.NewFunc("Van een ander", "Somebody else's")}, nil, false)}))
		v.logsIn()
		v.press("esc", "6")
		v.do(late)
		v.seesNo("Van een ander")
	})
}
