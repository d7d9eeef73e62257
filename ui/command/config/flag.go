package config

import (
	"errors"
	"fmt"

	"github.com/alecthomas/kong"
)

// Flag names a configuration file, and has the flags of the command line take what it says.
type Flag string

// BeforeResolve reads the file. Package kong calls it.
func (f Flag) BeforeResolve(k *kong.Kong, c *kong.Context, trace *kong.Path) error {
	path, is := c.FlagValue(trace.Flag).(Flag)
	if !is || path == "" {
		return nil
	}
	file, err := Read(string(path))
	if err != nil {
		return err
	}
	if problems := file.unknownKeys(k.Model); len(problems) > 0 {
		says := problems[0].String()
		if len(problems) > 1 {
			says += fmt.Sprintf(" (and %d more: see loket config check)", len(problems)-1)
		}
		return errors.New(says)
	}
	c.AddResolver(resolver{file, deskFlags(k.Model)})
	return nil
}

// resolver gives package kong the values of a file.
type resolver struct {
	file  File
	flags map[string]*kong.Flag
}

// Validate implements [kong.Resolver].
func (resolver) Validate(*kong.Application) error { return nil }

// Resolve implements [kong.Resolver].
func (r resolver) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	v, set := r.file.Values[flag.Name]
	if _, is := r.flags[flag.Name]; !set || !is {
		return nil, nil
	}
	if _, set := isInEnvironment(flag); set {
		return nil, nil
	}
	typed, err := checkedValue(flag, v)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.file.place(v), err)
	}
	return typed, nil
}
