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

// CheckCommand is the command that reports what is wrong in a configuration file.
type CheckCommand struct {
	For  string `enum:"kiosk,serve," default:"" help:"Which desk it is for: kiosk or serve. Unless given, serve if it says where to listen or who may come."`
	JSON bool   `name:"json" help:"Give the problems as JSON."`
	File string `arg:"" help:"The configuration."`
}

// Help returns the detailed help of the command.
func (CheckCommand) Help() string {
	return `It names every problem: keys and variables of the environment that nothing knows, values that cannot be, files that are not there or that others can read, and flags that do not go together. Nothing is opened, and nothing is changed. The exit status is 1 if there is a problem.`
}

// A Problem is an error in a configuration file, in a file that it names, or in the environment.
type Problem struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Key     string `json:"key,omitempty"` // Key is the name of a flag or of an environment variable.
	Problem string `json:"problem"`
}

// String returns the problem in one line.
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

// Run checks the configuration file.
func (c *CheckCommand) Run(_ context.Context, con *console.Console, k *kong.Kong) error {
	how := *c // Copy the flags of this command, because parsing the flags of the desk resets them.
	problems := how.problems(k)
	if how.JSON {
		if err := con.PrintJSON(map[string]any{"problems": append([]Problem{}, problems...)}); err != nil {
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

func (c CheckCommand) problems(k *kong.Kong) (all []Problem) {
	file, err := Read(c.File)
	if err != nil {
		return []Problem{{Problem: err.Error()}}
	}
	all = append(file.unknownKeys(k.Model), file.badValues(k.Model)...)
	all = append(all, file.fileProblems(k.Model)...)
	all = append(all, file.flagConflictProblems(k, cmp.Or(c.For, file.deskCommand()))...)
	unknown, known := unknownVariables(k.Model)
	for _, name := range unknown {
		all = append(all, Problem{Key: name, Problem: "nothing here knows this variable" + didYouMeanText(name, known)})
	}
	return all
}

// unknownKeys returns a problem for each key in the file that is not the name of a desk flag.
func (f File) unknownKeys(model *kong.Application) (problems []Problem) {
	flags := deskFlags(model)
	names := slices.Sorted(maps.Keys(flags))
	return f.checkEachValue(func(name string, _ Value) string {
		if flags[name] == nil {
			return "there is no such setting" + didYouMeanText(name, names)
		}
		return ""
	})
}

// badValues returns a problem for each value that its flag does not accept.
func (f File) badValues(model *kong.Application) []Problem {
	flags := deskFlags(model)
	return f.checkEachValue(func(name string, v Value) string {
		if flags[name] == nil {
			return ""
		}
		if _, err := checkedValue(flags[name], v); err != nil {
			return err.Error()
		}
		return ""
	})
}

// fileProblems checks the files that are named in the configuration file. It returns a problem for each file that cannot be
// read, and for each secret file that other users can read or write.
func (f File) fileProblems(model *kong.Application) []Problem {
	flags := deskFlags(model)
	return f.checkEachValue(func(name string, v Value) string {
		path, is := v.Decoded.(string)
		if flags[name] == nil || !is || path == "" {
			return ""
		}
		switch placeholder := flags[name].PlaceHolder; {
		case name == "log" || name == "db" && !database.IsCluster(path):
			return folderProblem(filepath.Dir(path))
		case name == "spool":
			return folderProblem(path)
		case name == "keys" && !isFile(path): // The key file is made together with the database, so only its folder must exist.
			return folderProblem(filepath.Dir(path))
		case placeholder == "FILE":
			return fileReadProblem(name, path)
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
		return fileErrorText(err)
	case !info.IsDir():
		return path + " is no folder"
	}
	return ""
}

// fileReadProblem returns a sentence about a file that cannot be read, or that other users can read or write. It returns "" if
// nothing is wrong.
func fileReadProblem(name, path string) string {
	file, err := os.Open(path)
	if err != nil {
		return fileErrorText(err)
	}
	file.Close()
	warnings := permissions.SecretWarnings(path)
	switch name {
	case "terminals":
		warnings = append(permissions.KeyListWarnings(path), keyListProblem(path, "")...)
	case "operators":
		warnings = append(permissions.KeyListWarnings(path), keyListProblem("", path)...)
	}
	if slices.Contains([]string{"etcd-ca", "etcd-cert", "smtp-ca", "app-cert"}, name) || len(warnings) == 0 {
		return ""
	}
	return warnings[0]
}

// keyListProblem returns the first problem in a list of keys, or nothing. One of the two paths is empty.
func keyListProblem(terminals, operators string) []string {
	list, err := keys.ReadFiles(terminals, operators, nil)
	if err != nil {
		return []string{err.Error()}
	}
	if fault := list.Fault(); fault != nil {
		return []string{fault.Error()}
	}
	if warning := list.RoleWarning(); warning != "" {
		return []string{warning}
	}
	return nil
}

// fileErrorText returns the message of an error about a file, without the name of the failed operation.
func fileErrorText(err error) string {
	if at, is := errors.AsType[*os.PathError](err); is {
		return fmt.Sprintf("%s: %v", at.Path, at.Err)
	}
	return err.Error()
}

// deskCommand returns the command that the configuration file is for, "kiosk" or "serve".
func (f File) deskCommand() string {
	for _, name := range []string{"listen", "terminals", "operators"} {
		if _, set := f.Values[name]; set {
			return "serve"
		}
	}
	return "kiosk"
}

// flagConflictProblems returns a problem for each combination of flags that is not allowed. It ignores flags with invalid values.
func (f File) flagConflictProblems(k *kong.Kong, desk string) (problems []Problem) {
	flags, args := flagsOfCommands(k.Model, desk), []string{desk}
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

// checkEachValue calls look with every value in the file, and returns a problem for each text other than "" that look returns. Problems
// are sorted by line.
func (f File) checkEachValue(look func(name string, v Value) string) (problems []Problem) {
	for _, name := range slices.Sorted(maps.Keys(f.Values)) {
		v := f.Values[name]
		if says := look(name, v); says != "" {
			problems = append(problems, Problem{f.Path, v.Line, name, says})
		}
	}
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return problems
}
