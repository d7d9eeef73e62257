package command

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/ui/exitcode"
)

func TestExitCodes(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "none.db")
	for _, test := range []struct {
		args string
		code int
		says string // says is the beginning of standard error.
	}{
		{"--help", exitcode.Done, ""},
		{"--version", exitcode.Done, ""},
		{"number issue --help", exitcode.Done, ""},
		{"flows log-in", exitcode.Done, ""},
		{"sample --customers 3", exitcode.Done, "The password of every account"},
		{"stats --db " + nowhere, exitcode.Failed, "loket: there is no database " + nowhere},
		{"stats", exitcode.WrongUsage, "loket: say with --db which database"},
		{"import --db x", exitcode.WrongUsage, `loket: name the files to import; - is standard input`},
		{"sample --today 2026-02-30", exitcode.WrongUsage, "loket: "},
		{"sample --customers -1", exitcode.WrongUsage, "loket: "},
		{"flows nowhere", exitcode.WrongUsage, `loket: there is no flow "nowhere"`},
		{"stats --db etcd://x", exitcode.WrongUsage, "loket: etcd://x is not like etcd://host:2379,host:2379/prefix"},
		{"stats --db etcd://127.0.0.1:1/desk", exitcode.WrongUsage, "loket: say with --keys where the key file is"},
		{"kiosk --db x --etcd-login y", exitcode.WrongUsage, "loket: the --etcd flags are for a database on a cluster"},
		{"copy --from x --to x", exitcode.WrongUsage, "loket: --from and --to are the same"},
		{"number list --db x --state lost", exitcode.WrongUsage, "loket: "},
		{"kiosk --db x --smtp localhost:25", exitcode.WrongUsage, "loket: --smtp is of no use without --mail-from"},
		{"kiosk --spool x", exitcode.WrongUsage, "loket: --smtp and --spool are for real customers: say with --db which database"},
		{"outbox send --db x", exitcode.WrongUsage, "loket: nothing can leave: say with --smtp or --spool how"},
		{"outbox send --db x --smtp localhost:25 --mail-from a@example.org --smtp-tls maybe", exitcode.WrongUsage, "loket: "},
		{"outbox list --db " + nowhere, exitcode.Failed, "loket: there is no database " + nowhere},
		{"outbox list --db x --state lost", exitcode.WrongUsage, `loket: outbox list: --state must be one of "waiting", "sent", "dead"; see loket --help`},
		{"outbox retry --db x", exitcode.WrongUsage, "loket: say which messages, or --all"},
		{"outbox drop 1 --db x", exitcode.WrongUsage, "loket: what is dropped is gone for ever: say --yes if you mean it"},
		{"number issue --db x --customer K --application A --months 999", exitcode.WrongUsage, "loket: "},
		{"number issue --db x --customer K --application A --set-support-phone 0800", exitcode.WrongUsage, "loket: --set-support-phone: "},
		{"number issue --db x --customer K --application A --set-service-email desk", exitcode.WrongUsage, "loket: --set-service-email: "},
		{"number issue --db x --customer K --application A --set-holidays public,easter", exitcode.WrongUsage, "loket: --set-holidays: "},
	} {
		t.Run(test.args, func(t *testing.T) {
			var out, err bytes.Buffer
			code := Main(t.Context(), strings.Fields(test.args), os.Stdin, &out, &err)
			if code != test.code || !strings.HasPrefix(err.String(), test.says) || strings.Count(err.String(), "\n") > 1 {
				t.Errorf("exit code %d, said %q", code, err.String())
			}
			if code == exitcode.Done && out.Len() == 0 {
				t.Error("gave nothing")
			}
		})
	}
}

// TestStopped checks the error of a command that is stopped before it ends.
func TestStopped(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "db")
	file := filepath.Join(dir, "customers")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	for _, args := range [][]string{{"sample", "--customers", "3"}, {"import", "--db", db, file}, {"outbox", "send", "--db", db, "--spool", dir}} {
		var out, err bytes.Buffer
		want, says := exitcode.Done, ""
		if args[0] == "outbox" {
			stop()
			want, says = exitcode.Failed, "loket: stopped before it was done\n"
		}
		code := Main(ctx, args, os.Stdin, &out, &err)
		if code != want || !strings.HasSuffix(err.String(), says) {
			t.Errorf("%s: exit code %d, said %q", args, code, err.String())
		}
		if args[0] == "sample" {
			if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestSettingsFromTheEnvironment checks that every setting is a flag, and can also be set in the environment.
func TestSettingsFromTheEnvironment(t *testing.T) {
	t.Setenv("LOKET_SET_NUMBER_MONTHS", "none")
	var err bytes.Buffer
	args := strings.Fields("number issue --db x --customer K --application A")
	if code := Main(t.Context(), args, os.Stdin, &err, &err); code != exitcode.WrongUsage || !strings.Contains(err.String(), "--set-number-months") {
		t.Errorf("exit code %d, said %q", code, err.String())
	}
}

// TestLogIsJSON checks that standard error contains nothing but JSON if the log goes there as JSON, up to the last line.
func TestLogIsJSON(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("LOKET_STATE", folder)
	for _, args := range []string{
		"serve --log-format json --listen 127.0.0.1:0",
		"serve --log-format json --listen 192.0.2.1:1",
		"serve --log-format json --db " + filepath.Join(folder, "none", "desk.db") + " --terminals " + filepath.Join(folder, "none"),
		"kiosk --plain --log-format json",
	} {
		ctx, stop := context.WithCancel(t.Context())
		said := &sayings{stop: stop}
		var out bytes.Buffer
		Main(ctx, strings.Fields(args), strings.NewReader(""), &out, said)
		stop()
		for line := range strings.Lines(said.String()) {
			if !json.Valid([]byte(line)) {
				t.Errorf("%s: says %s", args, line)
			}
		}
	}
}
