package config

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/pelletier/go-toml/v2"

	"loket/flows/timespan"
	"loket/ui/command/console"
)

// Commands are the commands about configuration files.
type Commands struct {
	Show   ShowCommand   `cmd:"" help:"Show what a desk would work with, and where each value comes from."`
	Check  CheckCommand  `cmd:"" help:"Look for what is wrong in a configuration file."`
	Schema SchemaCommand `cmd:"" help:"Print the JSON Schema of a configuration file, for editors."`
}

// ShowCommand is the command that prints the flags that a desk would run with.
type ShowCommand struct {
	All  bool   `help:"Show the defaults too."`
	JSON bool   `name:"json" help:"Give them as JSON."`
	Desk string `arg:"" enum:"kiosk,serve" default:"serve" help:"Which desk: kiosk or serve."`
}

// Help returns the detailed help of the command.
func (ShowCommand) Help() string {
	return `It takes the configuration file from --config, and the environment, as the desk would. What it writes is itself a configuration file.`
}

// setting is a flag with its value.
type setting struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
	From  string `json:"from"` // From is the origin of the value: a file and line, an environment variable, or "default".
}

// Run prints the flags and their values.
func (s *ShowCommand) Run(_ context.Context, c *console.Console, k *kong.Kong, parsed *kong.Context) error {
	how, file := *s, File{}
	args := []string{s.Desk}
	for _, flag := range parsed.Flags() {
		path, is := parsed.FlagValue(flag).(FileFlag)
		if !is || path == "" {
			continue
		}
		var err error
		if file, err = Read(string(path)); err != nil {
			return err
		}
		args = append(args, "--config", string(path))
	}
	desk, err := k.Parse(args)
	if err != nil {
		return err
	}
	var shown []setting
	for _, flag := range desk.Selected().Flags {
		s, err := newSetting(file, flag, desk.FlagValue(flag))
		if err != nil {
			return err
		}
		if s.From != defaultOrigin || how.All {
			shown = append(shown, s)
		}
	}
	if how.JSON {
		return c.PrintJSON(map[string]any{"desk": how.Desk, "settings": append([]setting{}, shown...)})
	}
	return writeTOML(c, shown)
}

const defaultOrigin = "default"

// newSetting returns a flag with its value and the origin of the value.
func newSetting(file File, flag *kong.Flag, value any) (setting, error) {
	s := setting{Name: flag.Name, From: defaultOrigin}
	text := flag.Default
	if variable, is := isInEnvironment(flag); is {
		s.From, text = variable, os.Getenv(variable)
	} else if v, set := file.Values[flag.Name]; set {
		typed, err := convertTOMLValue(flag, v.Decoded)
		if err != nil {
			return s, err
		}
		s.From, text = file.valuePosition(v), fmt.Sprint(typed)
	}
	s.Value = tomlValue(value, text)
	return s, nil
}

// tomlValue converts the value of a flag for a TOML file. For types with their own parser it returns text, from which the
// value was parsed.
func tomlValue(value any, text string) any {
	if d, is := value.(time.Duration); is {
		return timespan.Format(d)
	}
	if reflect.TypeOf(value).PkgPath() != "" {
		return text
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.Int, reflect.Int64:
		return v.Int()
	case reflect.Float64:
		return v.Float()
	}
	return text
}

// writeTOML writes one setting a line, with its origin in a comment after it.
func writeTOML(c *console.Console, settings []setting) error {
	for _, s := range settings {
		line, err := toml.Marshal(map[string]any{s.Name: s.Value})
		if err != nil {
			return err
		}
		c.PrintResult("%-60s # %s\n", strings.TrimSpace(string(line)), s.From)
	}
	return nil
}

// SchemaCommand is the command that prints the JSON Schema of configuration files.
type SchemaCommand struct{}

// Help returns the detailed help of the command.
func (SchemaCommand) Help() string {
	return `The schema (draft 2020-12) has every setting with its type, its default and its help.`
}

// Run prints the JSON Schema.
func (*SchemaCommand) Run(_ context.Context, c *console.Console, k *kong.Kong) error {
	properties := map[string]any{}
	for name, flag := range deskFlags(k.Model) {
		p := map[string]any{"description": flag.Help, "type": schemaType(flag)}
		if flag.Enum != "" {
			p["enum"] = flag.EnumSlice()
		}
		if flag.Default != "" {
			p["default"] = schemaDefault(flag)
		}
		properties[name] = p
	}
	return c.PrintJSON(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Configuration of Loket",
		"type": "object", "additionalProperties": false, "properties": properties,
	})
}

func schemaType(flag *kong.Flag) string {
	switch {
	case flag.IsBool():
		return "boolean"
	case isNumber(flag) && flag.Target.Kind() == reflect.Float64:
		return "number"
	case isNumber(flag):
		return "integer"
	}
	return "string"
}

// schemaDefault returns the default of a flag in the type of its schema.
func schemaDefault(flag *kong.Flag) any {
	value, err := decodeFlagValue(flag, flag.Default)
	if err != nil {
		return flag.Default
	}
	return tomlValue(value, flag.Default)
}
