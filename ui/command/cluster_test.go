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

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/transfer"
	"loket/flows/transfer/sample"
	"loket/store"
	"loket/store/etcd/etcdtest"
	"loket/ui/command/audit"
	"loket/ui/command/backup"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/desks"
	"loket/ui/command/dispatch"
	"loket/ui/command/feed"
	"loket/ui/command/maintain"
	"loket/ui/command/number"
	"loket/ui/command/outbox"
	"loket/ui/command/running"
)

// onMembers returns the flags of a database on a cluster. The database does not exist yet.
func onMembers(t *testing.T, members []*etcdtest.Member) database.Database {
	t.Helper()
	return database.Database{DB: etcdtest.ClusterURL(members, fmt.Sprint("desk", prefixes.Add(1))), Keys: filepath.Join(t.TempDir(), "keys")}
}

var prefixes atomic.Int64

// issues returns a command that issues an activation number to customer K1.
func issues(d database.Database, send bool) *number.IssueCommand {
	n := &number.IssueCommand{Database: d, Settings: desk.DefaultSettings(), Months: 1, Send: send}
	n.Application, n.Customer = "A1", "K1"
	return n
}

// TestCluster checks that every command has the same effect on a cluster as on a file, also while another process has the
// database open.
func TestCluster(t *testing.T) {
	t.Parallel() // Overwriting deleted records takes a while, so let other tests run meanwhile.
	d := onMembers(t, etcdtest.StartCluster(t, 1))
	commandtest.MustFail(t, "", nil, &maintain.StatsCommand{Database: d}, "there is no database "+d.DB)
	bring := &feed.ImportCommand{Database: d, Files: []string{console.StandardStream}}
	if _, said := commandtest.MustRun(t, commandtest.PeopleImport, bring); !strings.HasPrefix(said, "Made "+d.DB+" and its key file "+d.Keys+".") {
		t.Errorf("said %q", said)
	}
	if info, err := os.Stat(d.Keys); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if again, _ := commandtest.MustRun(t, commandtest.PeopleImport, bring); !strings.Contains(again, "customers             0        0          2\n") {
		t.Errorf("gave\n%s", again)
	}
	commandtest.OpenAsDesk(t, d)
	if out, _ := commandtest.MustRun(t, "", &maintain.StatsCommand{Database: d}); !strings.HasPrefix(out, fmt.Sprintf("%s, schema version %d\n", d.DB, store.Version)) || !strings.Contains(out, "\ncustomer              2\n") {
		t.Errorf("gave\n%s", out)
	}
	commandtest.MustRun(t, "", issues(d, false))
	if out, said := commandtest.MustRun(t, "", &maintain.CheckCommand{Database: d}); out != "" || !strings.HasPrefix(said, "Looked at ") {
		t.Errorf("gave %q, said %q", out, said)
	}
	commandtest.AcceptClock(t, d)
	commandtest.MustRun(t, "", &maintain.RetentionCommand{Database: d, Settings: desk.DefaultSettings(), DryRun: true})
	commandtest.MustRun(t, "", &outbox.ListCommand{Database: d})
	copied, _ := commandtest.MustRun(t, "", &backup.BackupCommand{Database: d, OutputFile: console.OutputFile{File: console.StandardStream}})
	commandtest.MustFail(t, copied, nil, &backup.RestoreCommand{Database: d, File: console.StandardStream}, "say --yes")
	if _, said := commandtest.MustRun(t, copied, &backup.RestoreCommand{Database: d, File: console.StandardStream, Yes: true}); !strings.HasPrefix(said, "Restored ") {
		t.Errorf("said %q", said)
	}
	if _, said := commandtest.MustRun(t, "", &backup.KeyRotateCommand{Database: d}); !strings.HasPrefix(said, "Sealed ") {
		t.Errorf("said %q", said)
	}
	commandtest.MustFail(t, "", nil, &backup.KeyRotateCommand{Database: d, Forget: true}, "close them all, and say --alone")
	exported, _ := commandtest.MustRun(t, "", &feed.ExportCommand{Database: d, OutputFile: console.OutputFile{File: console.StandardStream}})
	if strings.Count(exported, "\n") < 4 {
		t.Errorf("exported\n%s", exported)
	}
	commandtest.MustRun(t, "", &audit.VerifyCommand{Database: d})
}

// TestTwoDesksOnACluster checks that two processes can open a desk on the same database, and that each message is sent only
// once.
func TestTwoDesksOnACluster(t *testing.T) {
	t.Parallel() // A courier that stops waits until deleted records are overwritten, so let other tests run meanwhile.
	d := onMembers(t, etcdtest.StartCluster(t, 1))
	commandtest.ImportFile(t, d, commandtest.PeopleImport)
	commandtest.MustRun(t, "", issues(d, true))
	left := 0
	for i, terminal := range []string{"Utrecht 1", "Utrecht/2"} {
		told, settings := "", desk.DefaultSettings()
		settings.NumberMonths += i
		live, open := running.BackgroundFlags{TransportFlags: commandtest.SpoolTransport(t)}, &running.RunningDesk{Clock: clock.New(), Log: slog.New(slog.DiscardHandler), NotifyOperator: func(sentence string) { told += sentence }}
		if err := live.Open(t.Context(), d, open, settings, terminal, terminal); err != nil {
			t.Fatal(err)
		}
		if warned := strings.Contains(told, "Warning: the desk that was opened before this one on the cluster has other settings: --set-number-months 6, and here 7"); warned != (i > 0) {
			t.Errorf("the operator of %s is told %q", terminal, told)
		}
		defer func() {
			if err := open.Close(); err != nil {
				t.Error(err)
			}
			files, err := os.ReadDir(live.Spool)
			if errors.Is(err, os.ErrNotExist) {
				err = nil // The other process was first.
			}
			if left += len(files); err != nil || terminal == "Utrecht 1" && left != 1 {
				t.Errorf("%d letters left: %v", left, err)
			}
		}()
	}
	if _, said := commandtest.MustRun(t, "", issues(d, false)); !strings.Contains(said, "--set-number-months 7, and here 6") {
		t.Errorf("a command beside the desks says %q", said)
	}
	commandtest.WaitUntil(t, func() bool { return len(commandtest.MessagesInState(t, d, store.MessageSent)) > 0 })
	if got := d.ReceiptsPrefix("Utrecht/2"); got != d.Keys+".Utrecht_2.sent" {
		t.Errorf("receipts are in %s", got)
	}
}

// TestClusterWithoutItsKeys checks that with the wrong key file, a database on a cluster is neither opened nor created again.
func TestClusterWithoutItsKeys(t *testing.T) {
	d := onMembers(t, etcdtest.StartCluster(t, 1))
	commandtest.ImportFile(t, d, commandtest.PeopleImport)
	other := commandtest.NewDatabasePath(t)
	commandtest.ImportFile(t, other, commandtest.PeopleImport)
	for keys, says := range map[string]string{
		filepath.Join(t.TempDir(), "none"): " is not there, and without it nobody can read " + d.DB,
		other.KeyFile():                    " belongs to another database than " + d.DB,
	} {
		wrong := database.Database{DB: d.DB, Keys: keys}
		commandtest.MustFail(t, commandtest.PeopleImport, nil, &feed.ImportCommand{Database: wrong, Files: []string{console.StandardStream}}, "the key file "+keys+says)
		if _, err := os.Stat(keys); keys != other.KeyFile() && !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a key file was made: %v", err)
		}
	}
}

// TestClusterFromTheEnvironment checks that each flag about a cluster can be set in the environment.
func TestClusterFromTheEnvironment(t *testing.T) {
	for name, value := range map[string]string{
		"LOKET_ETCD_CA": "ca", "LOKET_ETCD_CERT": "cert", "LOKET_ETCD_KEY": "key", "LOKET_ETCD_TLS": "1", "LOKET_ETCD_LOGIN": "login",
		"LOKET_TO_ETCD_CA": "to",
	} {
		t.Setenv(name, value)
	}
	var grammar struct {
		Copy  backup.CopyCommand    `cmd:""`
		Stats maintain.StatsCommand `cmd:""`
		Serve desks.ServeCommand    `cmd:""`
	}
	want := database.ClusterFlags{CA: "ca", Cert: "cert", Key: "key", TLS: true, LoginFile: "login"}
	for _, args := range [][]string{{"copy", "--from", "a", "--to", "b"}, {"stats"}, {"serve"}} {
		parser, err := dispatch.NewParser(&grammar, io.Discard, func(int) {})
		if err == nil {
			_, err = parser.Parse(args)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if grammar.Copy.Cluster != want || grammar.Stats.Cluster != want || grammar.Serve.Cluster != want || grammar.Copy.ToCluster != (database.ClusterFlags{CA: "to"}) {
		t.Errorf("%+v", grammar)
	}
}

// TestClusterAway checks that the error names the members that were tried if no member of a cluster can be reached.
func TestClusterAway(t *testing.T) {
	t.Parallel() // The connection attempts take a while.
	d := database.Database{DB: "etcd://127.0.0.1:1,127.0.0.1:2/desk", Keys: filepath.Join(t.TempDir(), "keys")}
	commandtest.MustFail(t, "", nil, &maintain.StatsCommand{Database: d}, "no majority answers of the members that were tried, 127.0.0.1:1, 127.0.0.1:2: see whether they run")
}

// TestClusterInTrouble checks the errors of a cluster that is full or refuses the client, and the advice in them.
func TestClusterInTrouble(t *testing.T) {
	d := onMembers(t, etcdtest.StartCluster(t, 1))
	commandtest.ImportFile(t, d, commandtest.PeopleImport)
	client, err := clientv3.New(clientv3.Config{Endpoints: []string{strings.Split(d.DB, "/")[2]}})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	full := &pb.AlarmRequest{Action: pb.AlarmRequest_ACTIVATE, Alarm: pb.AlarmType_NOSPACE}
	if _, err := pb.NewMaintenanceClient(client.ActiveConnection()).Alarm(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	if out, _ := commandtest.MustRun(t, "", &maintain.StatsCommand{Database: d}); !strings.Contains(out, "\ncustomer              2\n") {
		t.Errorf("it cannot even be read:\n%s", out)
	}
	commandtest.MustFail(t, "", nil, issues(d, false), "the cluster has no room left, and takes no more writes")
	full.Action = pb.AlarmRequest_DEACTIVATE
	if _, err := pb.NewMaintenanceClient(client.ActiveConnection()).Alarm(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	login := filepath.Join(t.TempDir(), "login")
	asRoot(t, client, "right")
	commandtest.MustFail(t, "", nil, &maintain.StatsCommand{Database: d}, "the cluster does not let us in or do this: see --etcd-login")
	d.Cluster.LoginFile = login
	for password, let := range map[string]bool{"wrong": false, "right": true} {
		if err := os.WriteFile(login, []byte("root:"+password+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if let {
			commandtest.MustRun(t, "", &maintain.StatsCommand{Database: d})
		} else {
			commandtest.MustFail(t, "", nil, &maintain.StatsCommand{Database: d}, "the cluster does not let us in or do this: see --etcd-login")
		}
	}
}

// asRoot makes a cluster accept only the user root.
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

// TestImportIntoACluster checks that running an interrupted import again completes it.
func TestImportIntoACluster(t *testing.T) {
	t.Parallel()
	d := onMembers(t, etcdtest.StartCluster(t, 1))
	c := commandtest.New("")
	const customers = 250 // 2,000 customers work as well, but take half a minute.
	if err := (&feed.SampleCommand{Customers: customers, Seed: 5, Today: sample.SampleDay}).Run(c.Console); err != nil {
		t.Fatal(err)
	}
	file := c.Stdout.String()
	ctx, stop := context.WithCancel(t.Context())
	s, _, err := d.OpenOrCreate(ctx, commandtest.New("").Console)
	if err != nil {
		t.Fatal(err)
	}
	_, err = transfer.Import(ctx, c.OperatorDesk(s, desk.DefaultSettings()), strings.NewReader(file), transfer.Options{Progress: func(phase transfer.Phase, done, all int64) {
		if phase == transfer.PhaseWriting && done > all/3 {
			stop()
		}
	}})
	if !errors.Is(err, transfer.ErrUnfinished) {
		t.Fatalf("interrupted: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	commandtest.ImportFile(t, d, file)
	if out, _ := commandtest.MustRun(t, "", &maintain.CheckCommand{Database: d}); out != "" {
		t.Errorf("problems:\n%s", out)
	}
	there, _ := commandtest.MustRun(t, "", &feed.ExportCommand{Database: d, OutputFile: console.OutputFile{File: console.StandardStream}})
	onFile := commandtest.NewDatabasePath(t)
	commandtest.ImportFile(t, onFile, file)
	here, _ := commandtest.MustRun(t, "", &feed.ExportCommand{Database: onFile, OutputFile: console.OutputFile{File: console.StandardStream}})
	if sha256.Sum256([]byte(there)) != sha256.Sum256([]byte(here)) {
		t.Error("it is not what a file holds after the same import")
	}
}
