package config

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/alecthomas/kong"
	"github.com/pelletier/go-toml/v2"
)

// deskCommands are the names of the commands that open a desk. A configuration file sets the flags of these commands. Other commands
// use the values of the flags that they share with these commands.
var deskCommands = []string{"kiosk", "serve"}

// deskFlags returns the flags that a configuration file can set, by name.
func deskFlags(model *kong.Application) map[string]*kong.Flag {
	return flagsOfCommands(model, deskCommands...)
}

// flagsOfCommands returns the flags of the named commands, by name.
func flagsOfCommands(model *kong.Application, commands ...string) map[string]*kong.Flag {
	flags := map[string]*kong.Flag{}
	for _, node := range model.Children {
		if slices.Contains(commands, node.Name) {
			for _, flag := range node.Flags {
				flags[flag.Name] = flag
			}
		}
	}
	return flags
}

// nearestName returns the element of names that is most similar to name, or "" if none is similar enough.
func nearestName(name string, names []string) (best string) {
	distance := 1 + len(name)/3
	for _, n := range names {
		if d := levenshtein.ComputeDistance(name, n); d < distance || d == distance && best == "" {
			best, distance = n, d
		}
	}
	return best
}

// didYouMeanText returns a question such as " (is listen meant?)" for an unknown name, or "" if no known name is similar.
func didYouMeanText(name string, names []string) string {
	if best := nearestName(name, names); best != "" {
		return " (is " + best + " meant?)"
	}
	return ""
}

// isInEnvironment reports whether an environment variable sets a flag. It returns the name of the variable.
func isInEnvironment(flag *kong.Flag) (variable string, is bool) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return name, true
		}
	}
	return "", false
}

// checkedValue checks the value of a flag, and converts it to a string or a bool, as package kong expects.
func checkedValue(flag *kong.Flag, v Value) (typed any, err error) {
	if typed, err = convertTOMLValue(flag, v.Decoded); err != nil {
		return nil, err
	}
	decoded, err := decodeFlagValue(flag, typed)
	if err != nil {
		return nil, err
	}
	if flag.Enum != "" && !flag.EnumMap()[fmt.Sprint(decoded)] {
		return nil, fmt.Errorf("must be one of %s", strings.ReplaceAll(flag.Enum, ",", ", "))
	}
	return typed, nil
}

// decodeFlagValue converts a string or a bool to the type of the flag. It does not set the flag.
func decodeFlagValue(flag *kong.Flag, typed any) (any, error) {
	target := reflect.New(flag.Target.Type()).Elem()
	scan := kong.Scan().PushTyped(typed, kong.FlagValueToken)
	err := flag.Mapper.Decode(&kong.DecodeContext{Value: flag.Value, Scan: scan}, target)
	return target.Interface(), err
}

// convertTOMLValue converts a TOML value to a string, or to a bool if the flag is boolean. It returns an error if the flag cannot
// have a value of that TOML type.
func convertTOMLValue(flag *kong.Flag, value any) (any, error) {
	kind := flag.Target.Kind()
	if flag.IsBool() {
		if _, is := value.(bool); !is {
			return nil, errors.New("must be true or false")
		}
		return value, nil
	}
	switch v := value.(type) {
	case string:
		if isNumber(flag) {
			return nil, errors.New("must be a number, without quotes")
		}
		return v, nil
	case int64:
		if !isNumber(flag) && kind != reflect.String {
			return nil, errors.New("must be in quotes")
		}
		return strconv.FormatInt(v, 10), nil
	case float64:
		if kind != reflect.Float64 {
			return nil, errors.New("must be a whole number")
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case []any:
		return joinList(v)
	case toml.LocalDate:
		return v.String(), nil
	default:
		return nil, errors.New("cannot have a value of this type")
	}
}

// isNumber reports whether the value of a flag is a number in TOML. Durations are strings in TOML.
func isNumber(flag *kong.Flag) bool {
	if flag.Target.Type().PkgPath() != "" {
		return false
	}
	switch flag.Target.Kind() {
	case reflect.Int, reflect.Int64, reflect.Float64:
		return true
	default:
		return false
	}
}

// joinList joins the elements of a list with commas, as a flag on the command line has them.
func joinList(list []any) (string, error) {
	var items []string
	for _, item := range list {
		switch i := item.(type) {
		case string:
			items = append(items, i)
		case toml.LocalDate:
			items = append(items, i.String())
		default:
			return "", errors.New("must be a list of texts")
		}
	}
	return strings.Join(items, ","), nil
}
