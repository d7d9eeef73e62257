package command

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/ui/command/commandtest"
	"loket/ui/exitcode"
)

// configured writes a configuration file, and returns its path.
func configured(t *testing.T, text string) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "config") // The name of the folder must not contain the name of the test.
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	path := filepath.Join(folder, "loket.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func ran(t *testing.T, args ...string) (wrote, said string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	code = Main(t.Context(), args, strings.NewReader(""), &out, &err)
	return out.String(), err.String(), code
}

// keyLine is the line of a public key.
const keyLine = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl anna@desk"

// TestConfigCheck: every slip in a file is named, with its line, and also those around it.
func TestConfigCheck(t *testing.T) {
	folder := t.TempDir()
	open := filepath.Join(folder, "open")
	if err := os.WriteFile(open, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o666); err != nil {
		t.Fatal(err)
	}
	listed := func(name, line string) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Setenv("LOKET_SMPT", "127.0.0.1:25")
	for _, test := range []struct{ file, says string }{
		{"db = \"/desk.db\"\nlissten = \"x\"", "FILE:2: lissten: there is no such setting (is listen meant?)"},
		{"zzz = 1", "FILE:1: zzz: there is no such setting"},
		{"yes = true", "FILE:1: yes: there is no such setting"},
		{"smtp-password = \"geheim\"", "FILE:1: smtp-password: there is no such setting (is smtp-password-file meant?)"},
		{"plain = 1", "FILE:1: plain: must be true or false"},
		{"[set]\n\nletter-days = \"5\"", "FILE:3: set-letter-days: must be a number, without quotes"},
		{"set-number-months = 6.5", "FILE:1: set-number-months: must be a whole number"},
		{"set-support-phone = 0800", "FILE:1: "},
		{"set-support-phone = \"0800\"", "FILE:1: set-support-phone: "},
		{"set-visit = 20", "FILE:1: set-visit: must be in quotes"},
		{"set-keep-audit = \"7 years\"", "FILE:1: set-keep-audit: \"7 years\" is not a length of time"},
		{"set-keep-audit = \"1d\"", "FILE: --set-keep-audit must be 30d at the least"},
		{"theme = \"dark\"", "FILE:1: theme: must be one of auto, normal, contrast, large, both"},
		{"set-holidays = [\"public\", \"easter\"]", "FILE:1: set-holidays: "},
		{"terminals = \"" + folder + "/none\"", "FILE:1: terminals: " + folder + "/none: no such file or directory"},
		{"operators = \"" + open + "\"", "FILE:1: operators: others on this machine can write " + open},
		{"operators = \"" + listed("operators", `role="admin" `+keyLine) + "\"", "FILE:1: operators: " + folder + "/operators:1: role=\"admin\" is no role"},
		{"operators = \"" + listed("unnamed", keyLine) + "\"", "FILE:1: operators: " + folder + "/unnamed:1: the key may do everything, because no role is named"},
		{"terminals = \"" + listed("terminals", keyLine) + "\"", "FILE:1: terminals: " + folder + "/terminals:1: there is no terminal=\"Name\" before the key"},
		{"smtp-password-file = \"" + open + "\"", "FILE:1: smtp-password-file: others on this machine can read or write " + open},
		{"spool = \"" + open + "\"", "FILE:1: spool: " + open + " is no folder"},
		{"db = \"" + folder + "/none/desk.db\"", "FILE:1: db: " + folder + "/none: no such file or directory"},
		{"smtp = \"127.0.0.1:25\"\ndb = \"/desk.db\"", "FILE: --smtp is of no use without --mail-from"},
		{"db = \"/desk.db\"\nlisten = \":2222\"", "FILE: say with --terminals or --operators who may come to /desk.db"},
		{"http = \"0.0.0.0:80\"", "FILE: --http 0.0.0.0:80 is open to other machines"},
		{"db = \"/desk.db", "FILE:1: "},
		{"db = \"a\"\ndb = \"b\"", "FILE:2: "},
		{"set-letter-days = 1\n[set]\nletter-days = 2", "FILE: set-letter-days is set twice"},
		{"", "LOKET_SMPT: nothing here knows this variable (is LOKET_SMTP meant?)"},
	} {
		t.Run(test.file, func(t *testing.T) {
			path := configured(t, test.file)
			wrote, said, code := ran(t, "config", "check", path)
			if want := strings.ReplaceAll(test.says, "FILE", path); !strings.Contains("\n"+wrote, "\n"+want) || code != exitcode.Failed {
				t.Errorf("exit code %d, wrote\n%swant\n%s\nsaid %s", code, wrote, want, said)
			}
			if strings.Contains(wrote+said, "geheim") {
				t.Error("tells a secret")
			}
			asJSON, _, _ := ran(t, "config", "check", "--json", path)
			var read struct{ Problems []struct{ Problem string } }
			if err := json.Unmarshal([]byte(asJSON), &read); err != nil || len(read.Problems) != strings.Count(wrote, "\n") {
				t.Errorf("%v in JSON:\n%s", err, asJSON)
			}
		})
	}
}

// TestConfigCounts checks that a flag overrides the environment, the environment overrides the file, and the file overrides
// the default, both for desks and for other commands.
func TestConfigCounts(t *testing.T) {
	d := commandtest.DatabaseWithPeople(t)
	path := configured(t, "db = \""+d.DB+"\"\n[set]\nletter-days = 7\nnumber-months = 8\n")
	t.Setenv("LOKET_SET_LETTER_DAYS", "3")
	wrote, said, code := ran(t, "config", "show", "--config", path)
	want := "db = '" + d.DB + "' # " + path + ":1\nset-number-months = 8 # " + path + ":4\nset-letter-days = 3 # LOKET_SET_LETTER_DAYS\n"
	if got := strings.Join(strings.Fields(wrote), " "); got != strings.Join(strings.Fields(want), " ") || code != exitcode.Done {
		t.Errorf("exit code %d, said %q, wrote\n%s", code, said, wrote)
	}
	if wrote, said, code := ran(t, "stats", "--config", path); code != exitcode.Done || !strings.HasPrefix(wrote, d.DB) {
		t.Errorf("exit code %d: %s", code, said)
	}
	t.Setenv("LOKET_CONFIG", path)
	if wrote, said, code := ran(t, "stats"); code != exitcode.Done || !strings.HasPrefix(wrote, d.DB) {
		t.Errorf("exit code %d: %s", code, said)
	}
	if _, said, code := ran(t, "stats", "--db", "/elsewhere"); code != exitcode.Failed || !strings.Contains(said, "there is no database /elsewhere") {
		t.Errorf("exit code %d: %s", code, said)
	}
	t.Setenv("LOKET_CONFIG", configured(t, "lissten = 1\nx = 2"))
	if _, said, code := ran(t, "stats"); code != exitcode.WrongUsage || !strings.Contains(said, "loket.toml:1: lissten: there is no such setting (is listen meant?) (and 1 more: see loket config check)") {
		t.Errorf("exit code %d: %s", code, said)
	}
}

// TestConfigRoundTrip checks that the output of config show is a valid file with the same settings, which also conforms to the
// schema.
func TestConfigRoundTrip(t *testing.T) {
	schema, _, _ := ran(t, "config", "schema")
	var settings struct {
		Properties map[string]struct {
			Type    string
			Default any
		}
	}
	if err := json.Unmarshal([]byte(schema), &settings); err != nil {
		t.Fatal(err)
	}
	for _, desk := range []string{"kiosk", "serve"} {
		wrote, _, _ := ran(t, "config", "show", "--all", desk)
		path := configured(t, wrote)
		if problems, said, code := ran(t, "config", "check", "--for", desk, path); code != exitcode.Done {
			t.Errorf("%s: %s%s", desk, problems, said)
		}
		before, _, _ := ran(t, "config", "show", "--all", "--json", desk)
		after, _, _ := ran(t, "config", "show", "--all", "--json", "--config", path, desk)
		type shown struct {
			Settings []struct {
				Name  string
				Value any
			}
		}
		var b, a shown
		if err := json.Unmarshal([]byte(before), &b); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(after), &a); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b, a); diff != "" || len(a.Settings) < 40 {
			t.Errorf("%s (-written +read):\n%s", desk, diff)
		}
		for _, s := range a.Settings {
			p, is := settings.Properties[s.Name]
			fits := map[string]bool{"string": false, "boolean": false, "integer": false, "number": false}
			switch s.Value.(type) {
			case string:
				fits["string"] = true
			case bool:
				fits["boolean"] = true
			case float64:
				fits["integer"], fits["number"] = true, true
			}
			if !is || !fits[p.Type] {
				t.Errorf("%s = %v is not by the schema: %+v", s.Name, s.Value, p)
			}
			if p.Default != nil && p.Default != s.Value {
				t.Errorf("the default of %s is %v, and in the schema %v", s.Name, s.Value, p.Default)
			}
		}
	}
}

// TestHelpAll checks that the normal help leaves out the settings, because there are too many of them.
func TestHelpAll(t *testing.T) {
	few, _, code := ran(t, "serve", "--help")
	all, _, codeOfAll := ran(t, "serve", "--help-all")
	if strings.Contains(few, "--set-") || !strings.Contains(all, "--set-letter-days=5") || !strings.Contains(all, "--listen") || code != exitcode.Done || codeOfAll != exitcode.Done {
		t.Errorf("help:\n%s\nall of it:\n%s", few, all)
	}
}
