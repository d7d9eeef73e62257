package config

import (
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"loket/ui/command/transport"
)

// UnknownVariables returns the variables of the environment that begin as ours do, and that
// nothing of the program knows.
func UnknownVariables(model *kong.Application) (unknown []string) {
	known := variableNames(model)
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "LOKET_") && !strings.HasPrefix(name, "LOKET_TEST_") && !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	return unknown
}

// Warning returns a sentence about the variables that nothing knows, and "" if there are none.
func Warning(model *kong.Application) string {
	names := UnknownVariables(model)
	if len(names) == 0 {
		return ""
	}
	known := variableNames(model)
	for i, name := range names {
		names[i] += meant(name, known)
	}
	return "Warning: nothing here knows " + strings.Join(names, ", ") + "."
}

// variableNames returns the variables that the flags of all commands can be set by, and the
// password of the mail server.
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
