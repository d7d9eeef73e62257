package command

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/kong"

	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/exitcode"
)

// results has all commands, each with arguments that make it write a result. The word quiet comes before commands that only
// write to standard error. DB stands for a database, FILE for a file that does not exist, SPOOL for a folder, ID for a message
// in the outbox, PEOPLE for an import and COPY for a backup.
var results = []string{
	"--help", "--version", "number issue --help",
	"kiosk --plain --db DB",
	"quiet serve --listen 127.0.0.1:0 --state FILE --db DB --terminals KEYS",
	"import --db DB PEOPLE",
	"import --db DB --json PEOPLE",
	"import --schema",
	"export --db DB -",
	"export --db DB --customer K1 -",
	"quiet export --db DB FILE",
	"quiet export --db DB --json FILE",
	"customer find --db DB --product L1",
	"customer find --db DB --product L1 --json",
	"customer show --db DB K2",
	"customer show --db DB K2 --json",
	"customer dossier --db DB K2",
	"customer dossier --db DB --json K2",
	"quiet customer dossier --db DB -o FILE K2",
	"customer erase --db DB K1",
	"quiet customer erase --db DB --yes K1",
	"customer erase --json --db DB --yes K1",
	"quiet customer unlock --db DB K2",
	"quiet customer activate --db DB --username aalbers K1",
	"customer activate --json --db DB --username jaalbers K1",
	"quiet customer block --db DB K2",
	"customer block --json --db DB K2",
	"quiet customer unblock --db DB K2",
	"customer unblock --json --db DB K2",
	"customer unlock --json --db DB K2",
	"quiet customer unpair --db DB --phone Toestel K2",
	"customer unpair --json --db DB --phone Toestel K2",
	"number issue --db DB --application A1 --customer K1",
	"number issue --db DB --application A1 --customer K1 --json",
	"number issue --db DB --application A1 --customer K1 --send",
	"number list --db DB",
	"number list --db DB --json",
	"quiet number revoke --db DB --application A1 --customer K1",
	"number revoke --json --db DB --application A1 --customer K1",
	"outbox list --db DB",
	"outbox list --db DB --json",
	"outbox send --db DB --spool SPOOL",
	"outbox send --json --db DB --spool SPOOL",
	"quiet outbox retry --db DB --all",
	"outbox retry --json --db DB --all",
	"quiet outbox drop --db DB --yes ID",
	"outbox drop --json --db DB --yes ID",
	"audit list --db DB",
	"audit list --db DB --json",
	"audit verify --db DB",
	"audit verify --db DB --json",
	"audit export --db DB -",
	"quiet audit export --db DB FILE",
	"quiet audit export --json --db DB FILE",
	"quiet terminal resume --db DB Utrecht",
	"terminal resume --json --db DB Utrecht",
	"terminals --db DB --json",
	"clock show --db DB",
	"clock show --db DB --json",
	"quiet clock accept --db DB",
	"clock accept --json --db DB",
	"retention --db DB",
	"retention --db DB --json",
	"retention --db DB --dry-run",
	"backup --db DB -",
	"quiet backup --db DB FILE",
	"quiet backup --json --db DB FILE",
	"quiet restore --db DB --yes COPY",
	"restore --json --db DB --yes COPY",
	"quiet copy --from DB --to FILE --keys DB.key",
	"copy --json --from DB --to FILE --keys DB.key",
	"quiet migrate --db DB",
	"migrate --json --db DB",
	"quiet check --db DB",
	"check --db DB --json",
	"key list --db DB",
	"key list --db DB --json",
	"quiet key rotate --db DB",
	"key rotate --json --db DB",
	"stats --db DB",
	"stats --db DB --json",
	"config show --all", "config show --all --json kiosk", "config schema",
	"config check --json CONFIG", "quiet config check CONFIG",
	"monitoring alerts", "monitoring dashboard",
	"display show", "display show --json", "display console --dry-run", "quiet display lock true", "display foot -", "quiet display foot FILE",
	"flows", "flows log-in",
	"sample --customers 3",
	"manual", "manual ssh",
	"systemd serve", "systemd kiosk", "systemd terminal", "systemd terminal-script", "systemd kiosk --touch",
	"completion bash", "man", "licences",
}

// TestResultsThatCannotBeWritten runs every command with standard output on a full disk, and with a closed pipe. The exit
// status must report the failure, no activation number may be issued without being shown, and no customer may be erased
// without being shown.
func TestResultsThatCannotBeWritten(t *testing.T) {
	t.Parallel() // Commits wait for the disk.
	if runtime.GOOS == "windows" {
		t.Skip("there is no /dev/full")
	}
	origin := newOrigin(t)
	for _, end := range []struct {
		name string
		open func(*testing.T) *os.File
		says string
	}{
		{"full disk", fullDisk, "no space left on device"},
		{"closed pipe", closedPipe, "broken pipe"},
	} {
		for _, line := range results {
			t.Run(end.name+"/"+line, func(t *testing.T) {
				args, quiet := strings.CutPrefix(line, "quiet ")
				d, args := origin.copied(t, args)
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				said := &sayings{stop: stop}
				before := issuedNumbers(t, d)
				code := Main(ctx, strings.Fields(args), strings.NewReader("K1\n"), end.open(t), said)
				switch {
				case quiet && code != exitcode.Done:
					t.Errorf("exit code %d, though it writes no result: %s", code, said)
				case !quiet && code != exitcode.Failed:
					t.Errorf("exit code %d: %s", code, said)
				case !quiet && !strings.Contains(said.String(), end.says):
					t.Errorf("says %q", said)
				}
				if after := issuedNumbers(t, d); (strings.HasPrefix(line, "number issue") || strings.HasPrefix(line, "customer erase --db")) && !slices.Equal(before, after) {
					t.Errorf("the numbers were %v, and are %v", before, after)
				}
			})
		}
	}
}

// TestNumberForNobody checks that no activation number is issued if standard output is the null device, unless the number is
// also sent.
func TestNumberForNobody(t *testing.T) {
	origin := newOrigin(t)
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for line, want := range map[string]int{
		"number issue --db DB --application A1 --customer K1":        exitcode.WrongUsage,
		"number issue --db DB --application A1 --customer K1 --send": exitcode.Done,
		"number list --db DB": exitcode.Done,
	} {
		d, args := origin.copied(t, line)
		before := issuedNumbers(t, d)
		code := Main(t.Context(), strings.Fields(args), nil, null, &bytes.Buffer{})
		if issued := !slices.Equal(before, issuedNumbers(t, d)); code != want || issued != strings.Contains(line, "--send") {
			t.Errorf("%s: exit code %d, issued %t", line, code, issued)
		}
	}
}

// TestResultsAreComplete checks that results has every command.
func TestResultsAreComplete(t *testing.T) {
	parser, err := dispatch.NewParser(&commandLine{}, &bytes.Buffer{}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(true) {
		name := leaf.Path()
		if !slices.ContainsFunc(results, func(line string) bool {
			return strings.HasPrefix(strings.TrimPrefix(line, "quiet ")+" ", name+" ")
		}) {
			t.Errorf("nothing in results about %s", name)
		}
	}
}

// withoutJSON maps the commands without the flag --json to the reasons.
var withoutJSON = map[string]string{
	"kiosk": "it opens a desk", "serve": "it opens a desk",
	"flows": "it draws", "sample": "it writes an import", "manual": "it is a text", "systemd": "it is a unit",
	"display console": "it sets up a console", "display lock": "it runs a program", "display foot": "it is a configuration",
	"completion": "it is for a shell", "man": "it is a text", "licences": "it is a text", "config schema": "it is JSON", "monitoring alerts": "it is for Prometheus", "monitoring dashboard": "it is JSON",
}

// TestJSON checks that every command with a result can also write it as JSON.
func TestJSON(t *testing.T) {
	t.Parallel() // Commits wait for the disk.
	parser, err := dispatch.NewParser(&commandLine{}, &bytes.Buffer{}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(true) {
		has := slices.ContainsFunc(leaf.Flags, func(f *kong.Flag) bool { return f.Name == "json" })
		if has == (withoutJSON[leaf.Path()] != "") {
			t.Errorf("%s has --json: %v", leaf.Path(), has)
		}
	}
	origin := newOrigin(t)
	for _, line := range results {
		args, _ := strings.CutPrefix(line, "quiet ")
		if !strings.Contains(args, "--json") {
			continue
		}
		_, args = origin.copied(t, args)
		var wrote, said bytes.Buffer
		code := Main(t.Context(), strings.Fields(args), strings.NewReader(""), &wrote, &said)
		result := wrote.Bytes()
		if len(result) == 0 { // The result is a file, and the JSON is on standard error.
			result = said.Bytes()
		}
		if code != exitcode.Done || !json.Valid(result) {
			t.Errorf("%s: exit code %d, and no JSON: %s%s", line, code, &wrote, &said)
		}
	}
}

// sayings records standard error. It stops a desk after the desk has opened.
type sayings struct {
	mu   sync.Mutex
	said bytes.Buffer
	stop func()
}

func (s *sayings) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if bytes.Contains(p, []byte("Open on")) {
		s.stop()
	}
	return s.said.Write(p)
}

func (s *sayings) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

// issuedNumbers returns the last digits of all activation numbers, with the states of the numbers.
func issuedNumbers(t *testing.T, d database.Database) (all []string) {
	t.Helper()
	if err := d.WithStore(t.Context(), &commandtest.New("").CommandSession, func(s *store.Store) error {
		return s.View(t.Context(), func(tx *store.Tx) error {
			for n := range tx.Numbers() {
				all = append(all, n.Tail+" "+string(n.NumberStateAt(tx.Now)))
			}
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func fullDisk(t *testing.T) *os.File {
	t.Helper()
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func closedPipe(t *testing.T) *os.File {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read.Close()
	t.Cleanup(func() { write.Close() })
	return write
}
