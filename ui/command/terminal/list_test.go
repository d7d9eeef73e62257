package terminal

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/clock"
	"loket/flows/place"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/fleet"
)

// deskWithFleet returns an open desk with a terminal that is used, one that is gone, and one that did not connect yet.
func deskWithFleet(t *testing.T) *database.OpenDatabase {
	held := commandtest.OpenAsDesk(t, commandtest.DatabaseWithPeople(t))
	held.Fleet = fleetOfThree(clock.New())
	return held
}

func fleetOfThree(clock *clock.Clock) *fleet.Fleet {
	f := &fleet.Fleet{Clock: clock, Log: slog.New(slog.DiscardHandler), Known: func() []fleet.TerminalClient {
		return []fleet.TerminalClient{{Name: "Utrecht 1"}, {Name: "Breda 1"}, {Name: "Delft 1", Fingerprint: "SHA256:d"}}
	}}
	utrecht := f.Connect(fleet.TerminalClient{Name: "Utrecht 1", Fingerprint: "SHA256:u", Address: "192.0.2.1", Version: "OpenSSH_9.6"})
	utrecht.SetPlace(place.LogIn)
	utrecht.RecordInput()
	f.Connect(fleet.TerminalClient{Name: "Breda 1", Fingerprint: "SHA256:b"}).Disconnect("the client is gone")
	return f
}

// TestList shows the terminals of a desk, in a table and as JSON.
func TestList(t *testing.T) {
	held := deskWithFleet(t)
	run := func(l *ListCommand) (wrote, said string) {
		t.Helper()
		c := commandtest.New("")
		if err := l.Run(t.Context(), database.RemoteSession(c.Console, held, commandtest.OperatorKeyHolder)); err != nil {
			t.Fatal(err)
		}
		return c.Stdout.String(), c.Stderr.String()
	}
	table, said := run(&ListCommand{})
	for i, want := range []string{"^TERMINAL +STATE +SINCE +PLACE", "^Breda 1 +gone +20", "^Delft 1 +not yet +SHA256:d$", "^Utrecht 1 +here +20.* log in +20.* 192.0.2.1 +OpenSSH_9.6 +SHA256:u$"} {
		if line := strings.Split(table, "\n")[i]; !regexp.MustCompile(want).MatchString(line) {
			t.Errorf("no %q in %q", want, line)
		}
	}
	if said != "3 terminals, 1 connected\n" {
		t.Errorf("says %q", said)
	}
	asJSON, _ := run(&ListCommand{JSON: true})
	var all []listedTerminal
	if err := json.Unmarshal([]byte(asJSON), &all); err != nil || len(all) != 3 || all[2].Place != place.LogIn || !all[2].Connected || all[1].Connected || strings.Count(asJSON, "since") != 2 {
		t.Errorf("%v in %s", err, asJSON)
	}
}

// TestWatch shows the list again and again, until the context is done, which is no error.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		c := &console.Console{Out: remoteTerminal{&out}, Err: &out, Clock: clock.New()}
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		defer stop()
		if err := (&ListCommand{}).watch(ctx, c, fleetOfThree(c.Clock)); err != nil {
			t.Error(err)
		}
		if n := strings.Count(out.String(), clearScreenSequence+"2000-01-01 01:00:0"); n != 3 || strings.Count(out.String(), "Utrecht 1") != 3 {
			t.Errorf("shown %d times: %q", n, out.String())
		}
	})
}

// remoteTerminal is the terminal of an operator over SSH.
type remoteTerminal struct{ io.Writer }

func (remoteTerminal) IsTerminal() bool { return true }

// TestWatchWithoutTerminal shows the lists one under the other, without control characters.
func TestWatchWithoutTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		ctx, stop := context.WithTimeout(t.Context(), 3*time.Second)
		defer stop()
		c := &console.Console{Out: &out, Err: io.Discard, Clock: clock.New()}
		if err := (&ListCommand{}).watch(ctx, c, fleetOfThree(c.Clock)); err != nil || strings.Contains(out.String(), "\x1b") || strings.Count(out.String(), "\n2000-01-01 01:00:0") != 2 {
			t.Errorf("%v: %q", err, out.String())
		}
	})
}

// TestListOfNobody asks where no desk is open: of a file there are no terminals, and of a cluster nobody here knows.
func TestListOfNobody(t *testing.T) {
	c := commandtest.New("")
	if err := (&ListCommand{Database: commandtest.DatabaseWithPeople(t), JSON: true}).Run(t.Context(), &c.CommandSession); err != nil || c.Stdout.String() != "[]\n" || c.Stderr.String() != "No desk has this database open.\n" {
		t.Errorf("%v, wrote %q, said %q", err, &c.Stdout, &c.Stderr)
	}
	commandtest.MustFail(t, "", nil, &ListCommand{Database: database.Database{DB: "etcd://127.0.0.1:2379/desk"}}, "ask each desk of the cluster over SSH")
}
