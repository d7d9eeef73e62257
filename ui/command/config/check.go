package config

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/permissions"
	"loket/ui/ssh/keys"
)

// Check looks for what is wrong in a file.
type Check struct {
	For  string `enum:"kiosk,serve," default:"" help:"Which desk it is for: kiosk or serve. Unless given, serve if it says where to listen or who may come."`
	JSON bool   `name:"json" help:"Give the problems as JSON."`
	File string `arg:"" help:"The configuration."`
}

// Help explains the command.
func (Check) Help() string {
	return `It names every problem: keys and variables of the environment that nothing knows, values that cannot be, files that are not there or that others can read, and flags that do not go together. Nothing is opened, and nothing is changed. The exit status is 1 if there is a problem.`
}

// A Problem is something wrong in a file, or around it.
type Problem struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Key     string `json:"key,omitempty"` // the name of a flag, or of a variable
	Problem string `json:"problem"`
}

// String returns it in one line.
func (p Problem) String() string {
	says := p.Problem
	if p.Key != "" {
		says = p.Key + ": " + says
	}
	switch {
	case p.Line > 0:
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, says)
	case p.File != "":
		return p.File + ": " + says
	}
	return says
}

// Run checks the file.
func (c *Check) Run(_ context.Context, con *console.Console, k *kong.Kong) error {
	how := *c // because parsing the flags of the desk resets those of this command
	problems := how.problems(k)
	if how.JSON {
		if err := con.JSON(map[string]any{"problems": append([]Problem{}, problems...)}); err != nil {
			return err
		}
	} else {
		for _, p := range problems {
			con.PrintResult("%s\n", p)
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s in %s", console.CountText(len(problems), "problem"), how.File)
	}
	con.PrintNotice("There is nothing wrong with %s.", how.File)
	return nil
}

func (c Check) problems(k *kong.Kong) (all []Problem) {
	file, err := Read(c.File)
	if err != nil {
		return []Problem{{Problem: err.Error()}}
	}
	all = append(file.unknownKeys(k.Model), file.badValues(k.Model)...)
	all = append(all, file.fileProblems(k.Model)...)
	all = append(all, file.contradictions(k, cmp.Or(c.For, file.deskName()))...)
	unknown, known := unknownVariables(k.Model)
	for _, name := range unknown {
		all = append(all, Problem{Key: name, Problem: "nothing here knows this variable" + meant(name, known)})
	}
	return all
}

// unknownKeys returns a problem for each key that is no flag of a desk.
func (f File) unknownKeys(model *kong.Application) (problems []Problem) {
	flags := deskFlags(model)
	names := slices.Sorted(maps.Keys(flags))
	return f.each(func(name string, _ Value) string {
		if flags[name] == nil {
			return "there is no such setting" + meant(name, names)
		}
		return ""
	})
}

// badValues returns a problem for each value that its flag does not take.
func (f File) badValues(model *kong.Application) []Problem {
	flags := deskFlags(model)
	return f.each(func(name string, v Value) string {
		if flags[name] == nil {
			return ""
		}
		if _, err := checkedValue(flags[name], v); err != nil {
			return err.Error()
		}
		return ""
	})
}

// fileProblems returns a problem for each file that is named and cannot be read, and for each
// that others can read or write though it is secret.
func (f File) fileProblems(model *kong.Application) []Problem {
	flags := deskFlags(model)
	return f.each(func(name string, v Value) string {
		path, is := v.Is.(string)
		if flags[name] == nil || !is || path == "" {
			return ""
		}
		switch placeholder := flags[name].PlaceHolder; {
		case name == "log" || name == "db" && !database.IsCluster(path):
			return folderProblem(filepath.Dir(path))
		case name == "spool":
			return folderProblem(path)
		case name == "keys" && !isFile(path): // which is made with the database
			return folderProblem(filepath.Dir(path))
		case placeholder == "FILE":
			return readProblem(name, path)
		}
		return ""
	})
}

func isFile(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func folderProblem(path string) string {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return reason(err)
	case !info.IsDir():
		return path + " is no folder"
	}
	return ""
}

// readProblem returns what is wrong with a file that a desk reads.
func readProblem(name, path string) string {
	file, err := os.Open(path)
	if err != nil {
		return reason(err)
	}
	file.Close()
	warnings := permissions.SecretWarnings(path)
	switch name {
	case "terminals":
		warnings = append(permissions.KeyListWarnings(path), keyProblem(path, "")...)
	case "operators":
		warnings = append(permissions.KeyListWarnings(path), keyProblem("", path)...)
	}
	if slices.Contains([]string{"etcd-ca", "etcd-cert", "smtp-ca", "app-cert"}, name) || len(warnings) == 0 {
		return ""
	}
	return warnings[0]
}

// keyProblem returns what is wrong with the lines of a file of keys, if there is something.
func keyProblem(terminals, operators string) []string {
	list, err := keys.ReadFiles(terminals, operators, nil)
	if err != nil {
		return []string{err.Error()}
	}
	if fault := list.Fault(); fault != nil {
		return []string{fault.Error()}
	}
	if warning := list.Warning(); warning != "" {
		return []string{warning}
	}
	return nil
}

// reason returns an error about a file in a sentence.
func reason(err error) string {
	if at, is := errors.AsType[*os.PathError](err); is {
		return fmt.Sprintf("%s: %v", at.Path, at.Err)
	}
	return err.Error()
}

// deskName returns the desk that a file is for.
func (f File) deskName() string {
	for _, name := range []string{"listen", "terminals", "operators"} {
		if _, set := f.Values[name]; set {
			return "serve"
		}
	}
	return "kiosk"
}

// contradictions returns a problem for each pair of flags that do not go together, of those
// whose values are good.
func (f File) contradictions(k *kong.Kong, desk string) (problems []Problem) {
	flags, args := flagsOf(k.Model, desk), []string{desk}
	for name, v := range f.Values {
		if flags[name] == nil {
			continue
		}
		if typed, err := checkedValue(flags[name], v); err == nil {
			args = append(args, fmt.Sprintf("--%s=%v", name, typed))
		}
	}
	parsed, err := k.Parse(args)
	if err != nil {
		return []Problem{{File: f.Path, Problem: err.Error()}}
	}
	checked, is := parsed.Selected().Target.Addr().Interface().(interface{ CheckFlags() []error })
	if !is {
		return nil
	}
	for _, err := range checked.CheckFlags() {
		if err != nil {
			problems = append(problems, Problem{File: f.Path, Problem: err.Error()})
		}
	}
	return problems
}

// each returns a problem for each value of which look says one, by line.
func (f File) each(look func(name string, v Value) string) (problems []Problem) {
	for _, name := range slices.Sorted(maps.Keys(f.Values)) {
		v := f.Values[name]
		if says := look(name, v); says != "" {
			problems = append(problems, Problem{f.Path, v.Line, name, says})
		}
	}
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return problems
}
