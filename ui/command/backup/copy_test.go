package backup

import (
	"context"
	"errors"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/store/backup"
	"loket/store/etcd/etcdtest"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/command/feed"
	"loket/ui/command/maintain"
	"loket/ui/exitcode"
)

// TestCopyCommand copies a database to a cluster and back.
func TestCopyCommand(t *testing.T) {
	from := commandtest.DatabaseWithSample(t)
	there := database.Database{DB: etcdtest.ClusterURL(etcdtest.StartCluster(t, 1), "desk"), Keys: from.KeyFile()}
	back := commandtest.NewDatabasePath(t)
	back.Keys = from.KeyFile()
	if _, said := commandtest.MustRun(t, "", &CopyCommand{From: from.DB, To: there.DB}); !strings.Contains(said, "found every one the same there. Open it with --db "+there.DB+" --keys "+from.KeyFile()+", and do not open "+from.DB) {
		t.Errorf("said %q", said)
	}
	if _, said := commandtest.MustRun(t, "", &CopyCommand{From: there.DB, To: back.DB, Keys: there.Keys}); !strings.Contains(said, "\nDesks that were open on "+there.DB+" at ") {
		t.Errorf("said %q", said)
	}
	want, _ := commandtest.MustRun(t, "", &feed.ExportCommand{Database: from, OutputFile: console.OutputFile{File: console.StandardStream}})
	for _, d := range []database.Database{there, back} {
		if got, _ := commandtest.MustRun(t, "", &feed.ExportCommand{Database: d, OutputFile: console.OutputFile{File: console.StandardStream}}); got != want {
			t.Errorf("%s holds something else", d.DB)
		}
		commandtest.MustFail(t, "", nil, &CopyCommand{From: from.DB, To: d.DB}, "there is something at "+d.DB+" already, which is not written over")
	}
	held := commandtest.OpenAsDesk(t, from)
	commandtest.MustFail(t, "", nil, &CopyCommand{From: from.DB, To: commandtest.NewDatabasePath(t).DB}, "another process has the database "+from.DB+" open")
	commandtest.MustFail(t, "", held, &CopyCommand{From: from.DB, To: commandtest.NewDatabasePath(t).DB}, "a database that a desk has open is not copied")
	commandtest.MustFail(t, "", nil, &CopyCommand{From: there.DB, To: back.DB}, "say with --keys where the key file is")
	commandtest.MustFail(t, "", nil, &CopyCommand{From: back.DB, To: from.DB, ToCluster: database.ClusterFlags{TLS: true}}, "the --etcd flags are for a database on a cluster")
}

// TestCopyStopped checks that an incomplete copy cannot be opened, and that the same command completes it when run again.
func TestCopyStopped(t *testing.T) {
	from, to := commandtest.DatabaseWithSample(t), commandtest.NewDatabasePath(t)
	s, err := from.Open(t.Context(), clock.New())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	c := commandtest.New("")
	engine, err := to.OpenOrNewEngine(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Copy(ctx, s, engine, func(backup.CopyRound, int) { stop() }); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	engine.Close()
	s.Close()
	to.Keys = from.KeyFile()
	commandtest.MustFail(t, "", nil, &maintain.StatsCommand{Database: to}, "somebody began to copy a database to "+to.DB+", which is not complete")
	if code := dispatch.Run(t.Context(), &grammar{}, []string{"copy", "--from", from.DB, "--to", to.DB}, &c.CommandSession); code != exitcode.Done {
		t.Errorf("ended with %d: %s", code, c.Stderr.String())
	}
	commandtest.MustRun(t, "", &maintain.StatsCommand{Database: to})
}
