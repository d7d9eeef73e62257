package phones

import (
	"errors"
	"log/slog"
	"syscall"
	"testing"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/store/reload"
	"loket/ui/command/loopback"
)

// TestDemoHasNoPage checks that a demo also opens if it can have no page for phones.
func TestDemoHasNoPage(t *testing.T) {
	page := UnreachablePage()
	page.Serve(t.Context(), nil, nil, func(said string) { t.Errorf("said %q", said) })()
	d := desk.Desk{App: page.PhoneApp}
	if text := flows.PlacePurpose(&d, place.LogInWithApp); text.EN != "Not possible in this demo" {
		t.Errorf("the menu says %q", text.EN)
	}
}

// TestDemoOverSSH checks that a demo over SSH has no page for phones, unless a flag gives its address.
func TestDemoOverSSH(t *testing.T) {
	t.Setenv("SSH_CONNECTION", "192.0.2.7 50022 192.0.2.1 22")
	log := slog.New(slog.DiscardHandler)
	page, err := PhoneFlags{}.OpenDemoPage(t.Context(), &reload.FaultWatch{Log: log})
	if err != nil || len(page.listeners) > 0 {
		t.Errorf("%d listen, %v", len(page.listeners), err)
	}
	d := desk.Desk{App: page.PhoneApp}
	if text := flows.PlacePurpose(&d, place.LogInWithApp); text.EN != "Not possible in this demo" {
		t.Errorf("the menu says %q", text.EN)
	}
	told, err := PhoneFlags{Listen: "0"}.OpenDemoPage(t.Context(), &reload.FaultWatch{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	defer told.closeListeners()
	if len(told.listeners) == 0 || told.URL().String() != told.localAddress() {
		t.Errorf("%d listen for %s", len(told.listeners), told.URL())
	}
}

// TestPortIsTaken checks that a demo uses another port if the default port is taken, and that a desk with a flag for the port
// does not open.
func TestPortIsTaken(t *testing.T) {
	t.Setenv("SSH_CONNECTION", "")
	log := slog.New(slog.DiscardHandler)
	first, err := PhoneFlags{}.OpenDemoPage(t.Context(), &reload.FaultWatch{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	defer first.closeListeners()
	second, err := PhoneFlags{}.OpenDemoPage(t.Context(), &reload.FaultWatch{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	defer second.closeListeners()
	if first.URL().Host == second.URL().Host || second.URL().Host != "localhost:"+loopback.ListenerPort(second.listeners[0]) {
		t.Errorf("pages at %s and %s", first.URL(), second.URL())
	}
	if _, err := (PhoneFlags{Listen: loopback.ListenerPort(first.listeners[0])}).OpenPage(t.Context(), &reload.FaultWatch{Log: log}); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken: %v", err)
	}
}
