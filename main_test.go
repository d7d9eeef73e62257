package main

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/ui/command"
	"loket/ui/exitcode"
)

func TestExitCodes(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "none.db")
	for _, test := range []struct {
		args string
		code int
		says string // the beginning of what stands on standard error
	}{
		{"--help", exitcode.Done, ""},
		{"--version", exitcode.Done, ""},
		{"number issue --help", exitcode.Done, ""},
		{"flows log-in", exitcode.Done, ""},
		{"sample --customers 3", exitcode.Done, "The password of every account"},
		{"stats --db " + nowhere, exitcode.Failed, "loket: there is no database " + nowhere},
		{"stats", exitcode.WrongUsage, "loket: say with --db which database"},
		{"import --db x", exitcode.WrongUsage, `loket: expected "<file> ..."; see loket --help`},
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
			code := run(t.Context(), strings.Fields(test.args), &command.Console{Out: &out, Err: &err, Clock: clock.New()})
			if code != test.code || !strings.HasPrefix(err.String(), test.says) || strings.Count(err.String(), "\n") > 1 {
				t.Errorf("exit code %d, said %q", code, err.String())
			}
			if code == exitcode.Done && out.Len() == 0 {
				t.Error("gave nothing")
			}
		})
	}
}

// Every setting is a flag of the commands that open a desk, and can come from
// the environment.
// TestStopped: a command that is stopped midway says so.
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
		code := run(ctx, args, &command.Console{In: os.Stdin, Out: &out, Err: &err, Clock: clock.New()})
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

func TestSettingsFromTheEnvironment(t *testing.T) {
	t.Setenv("LOKET_SET_NUMBER_MONTHS", "none")
	var err bytes.Buffer
	args := strings.Fields("number issue --db x --customer K --application A")
	if code := run(t.Context(), args, &command.Console{Err: &err, Out: &err, Clock: clock.New()}); code != exitcode.WrongUsage || !strings.Contains(err.String(), "--set-number-months") {
		t.Errorf("exit code %d, said %q", code, err.String())
	}
}

// source is a Go file of this module.
type source struct {
	path string // from the top: flows/clock.go
	file *ast.File
	test bool
}

func (s source) dir() string { return filepath.ToSlash(filepath.Dir(s.path)) }

// imports are the paths that the file imports.
func (s source) imports() (paths []string) {
	for _, i := range s.file.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			panic(err) // the parser took it
		}
		paths = append(paths, path)
	}
	return paths
}

// calls tells whether the file uses a name of a package of the standard library.
func (s source) calls(pkg, name string) (found bool) {
	if !slices.Contains(s.imports(), pkg) {
		return false
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if selector, is := n.(*ast.SelectorExpr); is && selector.Sel.Name == name {
			x, is := selector.X.(*ast.Ident)
			found = found || is && x.Name == pkg
		}
		return true
	})
	return found
}

func sources(t *testing.T) (all []source) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		all = append(all, source{filepath.ToSlash(path), file, strings.HasSuffix(path, "_test.go") || inside(filepath.ToSlash(path), "flows/flowtest")})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("found only %d files", len(all))
	}
	return all
}

// inside tells whether a directory is another one or lies under it.
func inside(dir, other string) bool { return dir == other || strings.HasPrefix(dir, other+"/") }

// Imports go down only: main, ui, flows, store, engine. Each library that could
// shape the whole stays in one place.
func TestImportsGoDown(t *testing.T) {
	below := map[string][]string{
		".":     {"ui", "flows", "store"},
		"ui":    {"ui", "flows", "store"},
		"flows": {"flows", "store"},
		"store": {"store"},
	}
	engines := []string{"store/bolt", "store/etcd"}
	only := map[string]string{
		"go.etcd.io/bbolt": "store/bolt",
		"go.etcd.io/etcd":  "store/etcd",
		"charm.land":       "ui",

		"loket/flows/golden":        "flows/golden", // for tests alone
		"loket/flows/flowtest":      "flows/flowtest",
		"loket/store/storetest":     "store/storetest",
		"loket/store/etcd/etcdtest": "store/etcd/etcdtest",
		"go.etcd.io/etcd/server":    "store/etcd/etcdtest", // so that no member is in the program
	}
	for _, s := range sources(t) {
		top, _, _ := strings.Cut(s.dir(), "/")
		for _, path := range s.imports() {
			for library, home := range only {
				if inside(path, library) && !inside(s.dir(), home) && !s.test {
					t.Errorf("%s imports %s, which only %s may", s.path, path, home)
				}
			}
			inner, ours := strings.CutPrefix(path, "loket/")
			if !ours || s.test {
				continue
			}
			if !slices.ContainsFunc(below[top], func(d string) bool { return inside(inner, d) }) {
				t.Errorf("%s imports %s, which is not below it", s.path, path)
			}
			if engine := slices.Contains(engines, inner); engine && (s.dir() == "store" || top == "flows") {
				t.Errorf("%s imports the engine %s: only who opens a database chooses one", s.path, path)
			}
		}
	}
}

// The clock is the only one who asks what time it is, so that a test or a demo
// can say.
func TestOneClock(t *testing.T) {
	for _, s := range sources(t) {
		if s.calls("time", "Now") && !s.test && s.dir() != "." && s.path != "flows/clock/clock.go" {
			t.Errorf("%s calls time.Now", s.path)
		}
	}
}

// What must not be guessed never comes from math/rand: it only invents samples.
func TestNoWeakRandomness(t *testing.T) {
	for _, s := range sources(t) {
		if weak := slices.ContainsFunc(s.imports(), func(p string) bool { return inside(p, "math/rand") }); weak && !s.test && s.path != "flows/transfer/sample.go" {
			t.Errorf("%s imports math/rand", s.path)
		}
	}
}

// Nothing stands at the top but what leads into the house.
func TestTopLevel(t *testing.T) {
	known := []string{
		"main.go", "go.mod", "go.sum", "README.md", "LICENSE", ".gitignore", ".ci", ".git",
		"flows", "store", "ui", "loket",
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		ignored := strings.HasSuffix(e.Name(), ".db") || strings.HasSuffix(e.Name(), ".db.key") // as .gitignore has it
		if !slices.Contains(known, e.Name()) && !strings.HasSuffix(e.Name(), "_test.go") && !ignored {
			t.Errorf("%s is at the top level", e.Name())
		}
	}
}
