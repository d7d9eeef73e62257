package config

import (
	"errors"
	"fmt"

	"github.com/alecthomas/kong"
)

// FileFlag is the flag that names a configuration file. The values in that file become the defaults of the other flags.
type FileFlag string

// BeforeResolve reads the configuration file. Package kong calls it before it determines the values of the flags.
func (f FileFlag) BeforeResolve(k *kong.Kong, c *kong.Context, trace *kong.Path) error {
	path, is := c.FlagValue(trace.Flag).(FileFlag)
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

// resolver passes the values in a configuration file to package kong.
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
		return nil, fmt.Errorf("%s: %w", r.file.valuePosition(v), err)
	}
	return typed, nil
}
