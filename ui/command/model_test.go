package command

import (
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"loket/ui/command/commandtest"
	"loket/ui/command/dispatch"
	"loket/ui/exitcode"
)

// TestModels checks that the model for each command line has the command with all of its flags, and every environment variable, but
// only a few of the other commands.
func TestModels(t *testing.T) {
	whole, err := dispatch.NewParser(&commandLine{}, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	all := whole.Model.Leaves(false)
	for _, leaf := range all {
		var model *kong.Application
		s := commandtest.New("")
		code := dispatch.Run(t.Context(), &commandLine{}, strings.Fields(leaf.Path()+" --help"), &s.CommandSession, kong.Vars{"version": ""},
			kong.PostBuild(func(k *kong.Kong) error { model = k.Model; return nil }))
		at := slices.IndexFunc(model.Leaves(false), func(n *kong.Node) bool { return n.Path() == leaf.Path() })
		if code != exitcode.Done || at < 0 || !slices.Equal(flagNames(leaf), flagNames(model.Leaves(false)[at])) {
			t.Errorf("%s is not as in the whole model: %s", leaf.Path(), &s.Stderr)
		}
		if missing := slices.DeleteFunc(variables(whole.Model), func(name string) bool { return slices.Contains(variables(model), name) }); len(missing) > 0 {
			t.Errorf("%s does not know the variables %q", leaf.Path(), missing)
		}
		if wants, has := leaf.Path() == "man", len(model.Leaves(false)) == len(all); wants != has {
			t.Errorf("the model of %s has %d commands", leaf.Path(), len(model.Leaves(false)))
		}
	}
}

// TestCommandNames checks that the names of the commands for operators are those of the model.
func TestCommandNames(t *testing.T) {
	parser, err := dispatch.NewParser(&operatorCommands{}, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, leaf := range parser.Model.Leaves(false) {
		want = append(want, leaf.Path())
	}
	if got := operatorRunner.CommandNames(); !slices.Equal(got, want) {
		t.Errorf("the names are %q, not %q", got, want)
	}
}

func flagNames(node *kong.Node) (names []string) {
	for _, flag := range node.Flags {
		names = append(names, flag.Name)
	}
	return names
}

// variables returns the environment variables that set the flags of a model, sorted.
func variables(model *kong.Application) []string {
	all := map[string]bool{}
	for _, leaf := range model.Leaves(false) {
		for _, flag := range leaf.Flags {
			for _, name := range flag.Envs {
				all[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}
