package config

import (
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"loket/ui/command/transport"
)

// VariablesWithPrefix returns the names of the environment variables that begin with prefix, sorted.
func VariablesWithPrefix(prefix string) (names []string) {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// unknownVariables returns the environment variables that begin with LOKET_ and that no flag uses. known has the variables
// that the program does use, or is nil if no variable begins with LOKET_.
func unknownVariables(model *kong.Application) (unknown, known []string) {
	if unknown = VariablesWithPrefix("LOKET_"); len(unknown) == 0 {
		return nil, nil
	}
	known = variableNames(model)
	return slices.DeleteFunc(unknown, func(name string) bool {
		return strings.HasPrefix(name, "LOKET_TEST_") || slices.Contains(known, name)
	}), known
}

// EnvironmentWarning returns a sentence about the environment variables that the program does not know, or "" if there are none.
func EnvironmentWarning(model *kong.Application) string {
	names, known := unknownVariables(model)
	if len(names) == 0 {
		return ""
	}
	for i, name := range names {
		names[i] += didYouMeanText(name, known)
	}
	return "Warning: nothing here knows " + strings.Join(names, ", ") + "."
}

// variableNames returns the environment variables that set the flags of all commands, and the variable with the password of
// the mail server.
func variableNames(model *kong.Application) []string {
	names := []string{transport.PasswordVariable}
	_ = kong.Visit(model, func(node kong.Visitable, next kong.Next) error {
		if flag, is := node.(*kong.Flag); is {
			names = append(names, flag.Envs...)
		}
		return next(nil)
	})
	return names
}
