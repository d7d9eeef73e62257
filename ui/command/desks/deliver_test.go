package desks

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/running"
)

// TestDeskDelivers checks that an open desk sends a letter, and stops without an unfinished message. The desk knows how long
// its log is kept, and tells the operator that e-mails are waiting.
func TestDeskDelivers(t *testing.T) {
	d := commandtest.DatabaseWithOutbox(t)
	c := commandtest.New("")
	k := &KioskCommand{DB: d.DB, Logging: console.Logging{Log: "elsewhere"}, BackgroundFlags: running.BackgroundFlags{TransportFlags: commandtest.SpoolTransport(t), Retention: maintenance.Settings{Audit: 1000 * time.Hour}}}
	var log bytes.Buffer
	live := &running.RunningDesk{Clock: c.Clock, Log: slog.New(slog.NewTextHandler(&log, nil)), NotifyOperator: k.newOperatorNotifier(c.Console)}
	if err := k.BackgroundFlags.Open(t.Context(), d, live, desk.DefaultSettings(), "Utrecht 1", "Utrecht 1"); err != nil {
		t.Fatal(err)
	}
	if live.LogRetention != 1000*time.Hour {
		t.Errorf("the log is kept %s", live.LogRetention)
	}
	commandtest.WaitUntil(t, func() bool {
		files, err := os.ReadDir(k.Spool)
		return err == nil && len(files) > 0 && !strings.HasPrefix(files[0].Name(), ".")
	})
	if err := live.Close(); err != nil {
		t.Fatal(err)
	}
	const waits = "E-mails wait in the outbox: no mail server is given with --smtp."
	if c.Stderr.String() != waits+"\n" || !strings.Contains(log.String(), waits) || strings.Contains(log.String(), "Letters") {
		t.Errorf("said %q, logged %q", c.Stderr.String(), log.String())
	}
	if sent := commandtest.MessagesInState(t, d, store.MessageSent); len(sent) != 1 {
		t.Errorf("sent %+v", sent)
	}
}
