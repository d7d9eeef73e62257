package command

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/transfer"
	"loket/store"
	"loket/store/etcd/etcdtest"
	"loket/ui/exitcode"
)

// onMembers is where a test keeps a database that is not there yet, on a cluster.
func onMembers(t *testing.T, members []*etcdtest.Member) Database {
	t.Helper()
	return Database{DB: etcdtest.Where(members, fmt.Sprint("desk", prefixes.Add(1))), Keys: filepath.Join(t.TempDir(), "keys")}
}

var prefixes atomic.Int64

// TestCluster: every command does on a cluster what it does on a file, also while
// somebody has the database open.
func TestCluster(t *testing.T) {
	t.Parallel() // a scrub waits for a while
	d := onMembers(t, etcdtest.Start(t, 1))
	fails(t, "", nil, &Stats{Database: d}, "there is no database "+d.DB)
	if said := imported(t, d, people).err.String(); !strings.HasPrefix(said, "Made "+d.DB+" and its key file "+d.Keys+".") {
		t.Errorf("said %q", said)
	}
	if info, err := os.Stat(d.Keys); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if again := imported(t, d, people).out.String(); !strings.Contains(again, "customers             0        0          2\n") {
		t.Errorf("gave\n%s", again)
	}
	heldOpen(t, d)
	if out, _ := runs(t, "", &Stats{Database: d}); !strings.HasPrefix(out, d.DB+", schema version 5\n") || !strings.Contains(out, "\ncustomer              2\n") {
		t.Errorf("gave\n%s", out)
	}
	runs(t, "", &NumberIssue{Database: d, whose: whose{"A1", "K1"}, Settings: desk.Defaults(), Months: 1})
	if out, said := runs(t, "", &Check{Database: d}); out != "" || !strings.HasPrefix(said, "Looked at ") {
		t.Errorf("gave %q, said %q", out, said)
	}
	runs(t, "", &Retention{Database: d, Settings: desk.Defaults(), DryRun: true})
	runs(t, "", &OutboxList{Database: d})
	backup, _ := runs(t, "", &Backup{Database: d, NewFile: NewFile{File: standard}})
	fails(t, backup, nil, &Restore{Database: d, File: standard}, "say --yes")
	if _, said := runs(t, backup, &Restore{Database: d, File: standard, Yes: true}); !strings.HasPrefix(said, "Restored ") {
		t.Errorf("said %q", said)
	}
	if _, said := runs(t, "", &KeyRotate{Database: d}); !strings.HasPrefix(said, "Sealed ") {
		t.Errorf("said %q", said)
	}
	fails(t, "", nil, &KeyRotate{Database: d, Forget: true}, "close them all, and say --alone")
	exported, _ := runs(t, "", &Export{Database: d, NewFile: NewFile{File: standard}})
	if strings.Count(exported, "\n") < 4 {
		t.Errorf("exported\n%s", exported)
	}
	runs(t, "", &AuditVerify{Database: d})
}

// TestTwoDesksOnACluster: two processes can have a desk open on the same database, and
// what waits leaves once.
func TestTwoDesksOnACluster(t *testing.T) {
	t.Parallel() // a courier that stops waits for a scrub
	d := onMembers(t, etcdtest.Start(t, 1))
	imported(t, d, people)
	runs(t, "", &NumberIssue{Database: d, whose: whose{"A1", "K1"}, Settings: desk.Defaults(), Months: 1, Send: true})
	left := 0
	for _, terminal := range []string{"Utrecht 1", "Utrecht/2"} {
		open, live := Live{Transport: spooling(t)}, &liveDesk{clock: clock.New(), log: slog.New(slog.DiscardHandler), tell: func(string) {}}
		if err := open.open(t.Context(), d, live, desk.Defaults(), terminal, terminal); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := live.close(); err != nil {
				t.Error(err)
			}
			files, err := os.ReadDir(open.Spool)
			if errors.Is(err, os.ErrNotExist) {
				err = nil // it was the other one
			}
			if left += len(files); err != nil || terminal == "Utrecht 1" && left != 1 {
				t.Errorf("%d letters left: %v", left, err)
			}
		}()
	}
	for len(list(t, d, store.MessageSent).Messages) == 0 {
		time.Sleep(time.Millisecond)
	}
	if got := d.receipts("Utrecht/2"); got != d.Keys+".Utrecht_2.sent" {
		t.Errorf("receipts are in %s", got)
	}
}

// TestClusterWithoutItsKeys: nobody opens a database on a cluster, or makes it anew,
// with a key file that is not its own.
func TestClusterWithoutItsKeys(t *testing.T) {
	d := onMembers(t, etcdtest.Start(t, 1))
	imported(t, d, people)
	other := database(t)
	imported(t, other, people)
	for keys, says := range map[string]string{
		filepath.Join(t.TempDir(), "none"): " is not there, and without it nobody can read " + d.DB,
		other.keyFile():                    " belongs to another database than " + d.DB,
	} {
		wrong := Database{DB: d.DB, Keys: keys}
		fails(t, people, nil, &Import{Database: wrong, Files: []string{standard}}, "the key file "+keys+says)
		if _, err := os.Stat(keys); keys != other.keyFile() && !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a key file was made: %v", err)
		}
	}
}

// TestClusterFlags holds which flags for a cluster can be meant.
func TestClusterFlags(t *testing.T) {
	const here, there = "etcd://127.0.0.1:2379/desk", "etcd://10.0.0.1:2379,10.0.0.2:2379/desk"
	for _, test := range []struct {
		Database
		want string // nothing if they can
	}{
		{Database{DB: there, Keys: "k"}, ""},
		{Database{DB: there}, "say with --keys where the key file is"},
		{Database{DB: "etcd://desk", Keys: "k"}, "etcd://desk is not like etcd://"},
		{Database{DB: "file", Cluster: Cluster{CA: "c"}}, "the --etcd flags are for a database on a cluster"},
		{Database{Cluster: Cluster{TLS: true}}, "the --etcd flags are for a database on a cluster"},
		{Database{there, "k", Cluster{CA: "c", Cert: "c", Key: "k", Login: "l"}}, ""},
		{Database{there, "k", Cluster{Cert: "c"}}, "--etcd-cert and --etcd-key go together"},
		{Database{there, "k", Cluster{Key: "k"}}, "--etcd-cert and --etcd-key go together"},
		{Database{there, "k", Cluster{Login: "l"}}, "a password would be sent in the open"},
		{Database{there, "k", Cluster{Login: "l", TLS: true}}, ""},
		{Database{here, "k", Cluster{Login: "l"}}, ""},
	} {
		err := test.check()
		_, usage := errors.AsType[Usage](err)
		if test.want == "" && err != nil || test.want != "" && (!usage || !strings.HasPrefix(err.Error(), test.want)) {
			t.Errorf("%+v: %v, want %q", test.Database, err, test.want)
		}
	}
}

// TestClusterFromTheEnvironment holds that each flag for a cluster can come from there.
func TestClusterFromTheEnvironment(t *testing.T) {
	for name, value := range map[string]string{
		"LOKET_ETCD_CA": "ca", "LOKET_ETCD_CERT": "cert", "LOKET_ETCD_KEY": "key", "LOKET_ETCD_TLS": "1", "LOKET_ETCD_LOGIN": "login",
		"LOKET_TO_ETCD_CA": "to",
	} {
		t.Setenv(name, value)
	}
	var grammar struct {
		Copy  Copy  `cmd:""`
		Stats Stats `cmd:""`
		Serve Serve `cmd:""`
	}
	want := Cluster{"ca", "cert", "key", true, "login"}
	for _, args := range [][]string{{"copy", "--from", "a", "--to", "b"}, {"stats"}, {"serve"}} {
		parser, err := newParser(&grammar, io.Discard, func(int) {})
		if err == nil {
			_, err = parser.Parse(args)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if grammar.Copy.Cluster != want || grammar.Stats.Cluster != want || grammar.Serve.Cluster != want || grammar.Copy.ToCluster != (Cluster{CA: "to"}) {
		t.Errorf("%+v", grammar)
	}
}

// TestClusterAway: who cannot reach a cluster is told which members were tried.
func TestClusterAway(t *testing.T) {
	t.Parallel() // it takes its time to try
	d := Database{DB: "etcd://127.0.0.1:1,127.0.0.1:2/desk", Keys: filepath.Join(t.TempDir(), "keys")}
	fails(t, "", nil, &Stats{Database: d}, "no majority answers of the members that were tried, 127.0.0.1:1, 127.0.0.1:2: see whether they run")
}

// TestClusterInTrouble: it is told what a cluster says that has no room, or does not
// know us, and what to do.
func TestClusterInTrouble(t *testing.T) {
	d := onMembers(t, etcdtest.Start(t, 1))
	imported(t, d, people)
	client, err := clientv3.New(clientv3.Config{Endpoints: []string{strings.Split(d.DB, "/")[2]}})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	full := &pb.AlarmRequest{Action: pb.AlarmRequest_ACTIVATE, Alarm: pb.AlarmType_NOSPACE}
	if _, err := pb.NewMaintenanceClient(client.ActiveConnection()).Alarm(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	if out, _ := runs(t, "", &Stats{Database: d}); !strings.Contains(out, "\ncustomer              2\n") {
		t.Errorf("it cannot even be read:\n%s", out)
	}
	fails(t, "", nil, &NumberIssue{Database: d, whose: whose{"A1", "K1"}, Settings: desk.Defaults(), Months: 1}, "the cluster has no room left, and takes no more writes")
	full.Action = pb.AlarmRequest_DEACTIVATE
	if _, err := pb.NewMaintenanceClient(client.ActiveConnection()).Alarm(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	login := filepath.Join(t.TempDir(), "login")
	asRoot(t, client, "right")
	fails(t, "", nil, &Stats{Database: d}, "the cluster does not let us in or do this: see --etcd-login")
	d.Cluster.Login = login
	for password, let := range map[string]bool{"wrong": false, "right": true} {
		if err := os.WriteFile(login, []byte("root:"+password+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if let {
			runs(t, "", &Stats{Database: d})
		} else {
			fails(t, "", nil, &Stats{Database: d}, "the cluster does not let us in or do this: see --etcd-login")
		}
	}
}

// asRoot has a cluster let nobody in but root.
func asRoot(t *testing.T, client *clientv3.Client, password string) {
	t.Helper()
	ctx := t.Context()
	_, err1 := client.UserAdd(ctx, "root", password)
	_, err2 := client.RoleAdd(ctx, "root")
	_, err3 := client.UserGrantRole(ctx, "root", "root")
	_, err4 := client.AuthEnable(ctx)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
}

// TestImportIntoACluster: what was interrupted is completed by running it again.
func TestImportIntoACluster(t *testing.T) {
	t.Parallel()
	d := onMembers(t, etcdtest.Start(t, 1))
	c := newConsole("")
	const customers = 250 // 2,000 go as well, and take half a minute
	if err := (&Sample{Customers: customers, Seed: 5, Today: transfer.SampleDay}).Run(&c.Console); err != nil {
		t.Fatal(err)
	}
	file := c.out.String()
	ctx, stop := context.WithCancel(t.Context())
	s, _, err := d.openOrCreate(ctx, &newConsole("").Console)
	if err != nil {
		t.Fatal(err)
	}
	_, err = transfer.Import(ctx, s, strings.NewReader(file), func(phase transfer.Phase, done, all int64) {
		if phase == transfer.Writing && done > all/3 {
			stop()
		}
	})
	if !errors.Is(err, transfer.ErrUnfinished) {
		t.Fatalf("interrupted: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	imported(t, d, file)
	if out, _ := runs(t, "", &Check{Database: d}); out != "" {
		t.Errorf("problems:\n%s", out)
	}
	there, _ := runs(t, "", &Export{Database: d, NewFile: NewFile{File: standard}})
	onFile := database(t)
	imported(t, onFile, file)
	here, _ := runs(t, "", &Export{Database: onFile, NewFile: NewFile{File: standard}})
	if sha256.Sum256([]byte(there)) != sha256.Sum256([]byte(here)) {
		t.Error("it is not what a file holds after the same import")
	}
}

// TestCopyCommand moves a desk to a cluster and back.
func TestCopyCommand(t *testing.T) {
	from := sampled(t)
	there := onMembers(t, etcdtest.Start(t, 1))
	there.Keys = from.keyFile()
	back := database(t)
	back.Keys = from.keyFile()
	if _, said := runs(t, "", &Copy{From: from.DB, To: there.DB}); !strings.Contains(said, "found every one the same there. Open it with --db "+there.DB+" --keys "+from.keyFile()+", and do not open "+from.DB) {
		t.Errorf("said %q", said)
	}
	if _, said := runs(t, "", &Copy{From: there.DB, To: back.DB, Keys: there.Keys}); !strings.Contains(said, "\nDesks that were open on "+there.DB+" at ") {
		t.Errorf("said %q", said)
	}
	want, _ := runs(t, "", &Export{Database: from, NewFile: NewFile{File: standard}})
	for _, d := range []Database{there, back} {
		if got, _ := runs(t, "", &Export{Database: d, NewFile: NewFile{File: standard}}); got != want {
			t.Errorf("%s holds something else", d.DB)
		}
		fails(t, "", nil, &Copy{From: from.DB, To: d.DB}, "there is something at "+d.DB+" already, which is not written over")
	}
	held := heldOpen(t, from)
	fails(t, "", nil, &Copy{From: from.DB, To: database(t).DB}, "another process has the database "+from.DB+" open")
	fails(t, "", held, &Copy{From: from.DB, To: database(t).DB}, "a database that a desk has open is not copied")
	fails(t, "", nil, &Copy{From: there.DB, To: back.DB}, "say with --keys where the key file is")
	fails(t, "", nil, &Copy{From: back.DB, To: from.DB, ToCluster: Cluster{TLS: true}}, "the --etcd flags are for a database on a cluster")
}

// TestCopyStopped: nobody opens what was not copied to its end, and running it again
// completes it.
func TestCopyStopped(t *testing.T) {
	from, to := sampled(t), database(t)
	s, err := from.open(t.Context(), clock.New())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	c := newConsole("")
	engine, err := to.anyEngine(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Copy(ctx, engine, func(store.CopyRound, int) { stop() }); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	engine.Close()
	s.Close()
	to.Keys = from.keyFile()
	fails(t, "", nil, &Stats{Database: to}, "somebody began to copy a database to "+to.DB+", which is not complete")
	if code := Run(t.Context(), &Operator{}, []string{"copy", "--from", from.DB, "--to", to.DB}, &c.Console); code != exitcode.Done {
		t.Errorf("ended with %d: %s", code, c.err.String())
	}
	runs(t, "", &Stats{Database: to})
}
