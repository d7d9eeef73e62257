package faces

import (
	"log/slog"
	"reflect"
	"testing"

	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui"
	uidemo "loket/ui/demo"
	"loket/ui/fleet"
	"loket/ui/handover"
	"loket/ui/plain"
)

// TestPlainOptions checks that lines of text have every option that both faces have.
func TestPlainOptions(t *testing.T) {
	o := ui.Options{
		Language: text.English, WalkIn: true, Demo: &uidemo.Sandbox{Sandbox: &demo.Sandbox{}}, Log: slog.New(slog.DiscardHandler), ReportAlive: func() {},
		Presence: &fleet.TerminalPresence{}, Handover: &handover.Relay{},
	}
	p := reflect.ValueOf(PlainOptions(o))
	for i := range p.NumField() {
		name := p.Type().Field(i).Name
		if _, isShared := reflect.TypeFor[ui.Options]().FieldByName(name); isShared && p.Field(i).IsZero() {
			t.Errorf("lines of text have no %s", name)
		}
	}
}

// TestRun checks that both faces get the same relay, and that the terminal is cleared between them.
func TestRun(t *testing.T) {
	var relay *handover.Relay
	cleared := 0
	endsPlain, err := Run(ui.Options{}, false, func(o ui.Options) error {
		relay = o.Handover
		relay.Give(handover.Visit{})
		return nil
	}, func(o plain.Options) error {
		if o.Handover != relay || o.Handover.Take() == nil {
			t.Error("lines of text take no visit")
		}
		return nil
	}, func() { cleared++ })
	if !endsPlain || err != nil || cleared != 1 {
		t.Errorf("ends plain: %t, cleared %d times, %v", endsPlain, cleared, err)
	}
}
