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

// desks are the commands that open a desk. A file has their flags, by their names; other
// commands take those that they have too.
var desks = []string{"kiosk", "serve"}

// deskFlags returns the flags that can stand in a file, by name.
func deskFlags(model *kong.Application) map[string]*kong.Flag { return flagsOf(model, desks...) }

// flagsOf returns the flags of these commands, by name.
func flagsOf(model *kong.Application, commands ...string) map[string]*kong.Flag {
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

// nearest returns the name that is most like another one, or "" if none is much like it.
func nearest(name string, names []string) (best string) {
	distance := 1 + len(name)/3
	for _, n := range names {
		if d := levenshtein.ComputeDistance(name, n); d < distance || d == distance && best == "" {
			best, distance = n, d
		}
	}
	return best
}

// meant returns a question in brackets for the name that is most like one which nothing knows.
func meant(name string, names []string) string {
	if best := nearest(name, names); best != "" {
		return " (is " + best + " meant?)"
	}
	return ""
}

// isInEnvironment reports whether the environment sets a flag.
func isInEnvironment(flag *kong.Flag) (variable string, is bool) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return name, true
		}
	}
	return "", false
}

// checkedValue returns what package kong takes a value from, text or a bool, if the flag can have
// that value.
func checkedValue(flag *kong.Flag, v Value) (typed any, err error) {
	if typed, err = typedValue(flag, v.Is); err != nil {
		return nil, err
	}
	decoded, err := decode(flag, typed)
	if err != nil {
		return nil, err
	}
	if flag.Enum != "" && !flag.EnumMap()[fmt.Sprint(decoded)] {
		return nil, fmt.Errorf("must be one of %s", strings.ReplaceAll(flag.Enum, ",", ", "))
	}
	return typed, nil
}

// decode returns what the flag would be set to by text, or by a bool. It does not set the flag.
func decode(flag *kong.Flag, typed any) (any, error) {
	target := reflect.New(flag.Target.Type()).Elem()
	scan := kong.Scan().PushTyped(typed, kong.FlagValueToken)
	err := flag.Mapper.Decode(&kong.DecodeContext{Value: flag.Value, Scan: scan}, target)
	return target.Interface(), err
}

// typedValue returns a value of TOML as text, or as the bool that it is, if the flag is one
// for a value of that type.
func typedValue(flag *kong.Flag, value any) (any, error) {
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
		return listText(v)
	case toml.LocalDate:
		return v.String(), nil
	default:
		return nil, errors.New("cannot have a value of this type")
	}
}

// isNumber reports whether a flag is written as a number in TOML. A length of time is text.
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

// listText returns a list as a flag has it: with commas between.
func listText(list []any) (string, error) {
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
