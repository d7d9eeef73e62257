package command

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"loket/ui/exitcode"
)

// complete returns the completions of a command line.
func complete(t *testing.T, line string) []string {
	t.Helper()
	t.Setenv("COMP_LINE", line)
	var out, err bytes.Buffer
	if code := Main(t.Context(), nil, os.Stdin, &out, &err); code != exitcode.Done || err.Len() > 0 {
		t.Fatalf("%q: exit code %d, %s", line, code, err.String())
	}
	answers := strings.Fields(out.String())
	slices.Sort(answers)
	return answers
}

// TestCompletion checks the completion of commands, flags, their values, and files. No completion comes from a database.
func TestCompletion(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"feed.jsonl", "desk.db"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("folder", 0o700); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"loket ki":                    "kiosk",
		"loket number ":               "issue list revoke",
		"loket kiosk --la":            "--lang",
		"loket --la":                  "--lang", // The flag --lang belongs to kiosk, the default command.
		"loket kiosk --lang ":         "en nl",
		"loket kiosk --theme=":        "auto both contrast large normal",
		"loket manual m":              "mail monitoring",
		"loket flows log":             "log-in log-in-with-app",
		"loket number list --state e": "expired",
		"loket outbox list --state ":  "dead sent waiting",
		"loket import fe":             "feed.jsonl",
		"loket import --db de":        "desk.db",
		"loket kiosk --spool ":        "./ folder/",
		"loket customer show ":        "", // IDs of customers are not completed.
		"loket nothing ":              "",
	} {
		got := complete(t, line)
		if line == "loket nothing " {
			got = slices.DeleteFunc(got, func(s string) bool { return !strings.HasPrefix(s, "--") })
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q goes on with %q, want %q", line, got, want)
		}
	}
}

// TestCompletesAll checks that everything in the grammar can be completed.
func TestCompletesAll(t *testing.T) {
	k, err := kong.New(&commandLine{}, kong.Vars{"version": ""})
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range k.Model.Leaves(true) {
		above, name := "loket ", leaf.Path()
		if i := strings.LastIndex(name, " "); i >= 0 {
			above, name = "loket "+name[:i]+" ", name[i+1:]
		}
		if got := complete(t, above+name); !slices.Contains(got, name) {
			t.Errorf("%s%s is not completed: %q", above, name, got)
		}
		got := complete(t, "loket "+leaf.Path()+" --")
		for _, flag := range leaf.Flags {
			if !flag.Hidden && !slices.Contains(got, "--"+flag.Name) {
				t.Errorf("%s: --%s is not completed", leaf.Path(), flag.Name)
			}
		}
	}
}

// TestCompletionElsewhere checks that the completion script in a package runs the installed program, and not the program that
// made the package.
func TestCompletionElsewhere(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish"} {
		var out, err bytes.Buffer
		if code := Main(t.Context(), []string{"completion", shell, "--program", "/usr/bin/loket"}, os.Stdin, &out, &err); code != exitcode.Done {
			t.Fatal(err.String())
		}
		here, fault := os.Executable()
		if fault != nil {
			t.Fatal(fault)
		}
		if !strings.Contains(out.String(), " /usr/bin/loket") || strings.Contains(out.String(), here) {
			t.Errorf("%s asks another program: %s", shell, &out)
		}
	}
}

// TestMan checks that the manual page has every command, and is the same each time.
func TestMan(t *testing.T) {
	var page, again, err bytes.Buffer
	if code := Main(t.Context(), []string{"man"}, os.Stdin, &page, &err); code != exitcode.Done {
		t.Fatal(err.String())
	}
	Main(t.Context(), []string{"man"}, os.Stdin, &again, &err)
	if page.String() != again.String() || !strings.HasPrefix(page.String(), ".TH LOKET 1 ") {
		t.Error("the page is another one each time, or none")
	}
	k, fault := kong.New(&commandLine{}, kong.Vars{"version": ""})
	if fault != nil {
		t.Fatal(fault)
	}
	for _, leaf := range k.Model.Leaves(true) {
		if !strings.Contains(page.String(), leaf.Path()) {
			t.Errorf("the page lacks %s", leaf.Path())
		}
	}
}
