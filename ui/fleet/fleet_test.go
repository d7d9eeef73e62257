package fleet

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/flows/clock"
	"loket/flows/place"
)

// TestFleet follows terminals that come, are used, connect again, go, and lose their key.
func TestFleet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var logged bytes.Buffer
		began := time.Now()
		utrecht, breda := TerminalClient{Name: "Utrecht 1", Fingerprint: "SHA256:u", Address: "192.0.2.1", Version: "OpenSSH_9.6"}, TerminalClient{Name: "Breda 1", Fingerprint: "SHA256:b"}
		known := []TerminalClient{utrecht, breda}
		f := &Fleet{Clock: clock.New(), Log: slog.New(slog.NewTextHandler(&logged, nil)), Known: func() []TerminalClient { return known }}
		check := func(does string, want ...Terminal) {
			t.Helper()
			if diff := cmp.Diff(want, f.Terminals()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", does, diff)
			}
		}
		at := func(minutes int) time.Time { return began.Add(time.Duration(minutes) * time.Minute) }
		check("as it began", Terminal{TerminalClient: breda}, Terminal{TerminalClient: utrecht})
		first := f.Connect(utrecht)
		check("one comes", Terminal{TerminalClient: breda}, Terminal{TerminalClient: utrecht, Connected: true, Since: at(0)})
		time.Sleep(time.Minute)
		first.RecordInput()
		first.SetPlace(place.LogIn)
		check("it is used", Terminal{TerminalClient: breda}, Terminal{TerminalClient: utrecht, Connected: true, Since: at(0), Place: place.LogIn, LastInput: at(1)})
		time.Sleep(time.Minute)
		second := f.Connect(utrecht)
		first.Disconnect("the terminal has connected anew")
		check("it connects anew", Terminal{TerminalClient: breda}, Terminal{TerminalClient: utrecht, Connected: true, Since: at(2), LastInput: at(1)})
		time.Sleep(time.Minute)
		second.SetPlace(place.Home)
		second.Disconnect("the client is gone")
		check("it is gone", Terminal{TerminalClient: breda}, Terminal{TerminalClient: utrecht, Since: at(3), LastInput: at(1)})
		known = known[1:]
		check("its key is taken out", Terminal{TerminalClient: breda})
		known = append(known, utrecht)
		check("its key comes back", Terminal{TerminalClient: breda}, Terminal{TerminalClient: utrecht})
		for _, want := range []string{
			`msg="a terminal has connected" terminal="Utrecht 1" fingerprint=SHA256:u address=192.0.2.1 client=OpenSSH_9.6`,
			`msg="a terminal is gone" terminal="Utrecht 1" fingerprint=SHA256:u address=192.0.2.1 after=1m0s why="the client is gone"`,
		} {
			if !strings.Contains(logged.String(), want) {
				t.Errorf("no %s in\n%s", want, &logged)
			}
		}
		if strings.Contains(logged.String(), string(place.LogIn)) {
			t.Errorf("the log has what is shown:\n%s", &logged)
		}
	})
}

// TestNoFleet tests that a desk without a fleet can do the same.
func TestNoFleet(t *testing.T) {
	var f *Fleet
	p := f.Connect(TerminalClient{})
	p.SetPlace(place.Home)
	p.RecordInput()
	p.Disconnect("")
	if f.Terminals() != nil {
		t.Error("there are terminals")
	}
}
