package dispatch

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"loket/ui/ssh/keys"
)

// modelTag is the tag of a command that says what command lines need of the model of package kong. model:"always" keeps the command
// and its subcommands in the model of every command line, because it has environment variables that no other command has, or because
// its flags can be in a configuration file. model:"whole" keeps all commands in the model of the command's own command line.
const modelTag = "model"

// leaveOutOthers returns options that leave the commands out of the model that a command line does not name. The flags of all commands
// together are a thousand, and building their model takes half of the start of the program. If args begin with a flag, all commands
// stay.
func leaveOutOthers(grammar any, args []string) (options []kong.Option) {
	parent := reflect.TypeOf(grammar).Elem()
	if len(args) == 0 {
		args = defaultCommandNames(parent)
	}
	for _, word := range args {
		var named *reflect.StructField
		var others []string
		for _, command := range commandFields(parent) {
			switch {
			case commandName(command) == word:
				named = &command
			case command.Tag.Get(modelTag) != "always":
				others = append(others, command.Name)
			}
		}
		if named == nil || named.Tag.Get(modelTag) == "whole" {
			break
		}
		if len(others) > 0 {
			options = append(options, kong.IgnoreFields("^"+regexp.QuoteMeta(parent.Name())+`\.(`+strings.Join(others, "|")+")$"))
		}
		if named.Tag.Get(modelTag) == "always" {
			break
		}
		parent = named.Type
	}
	return options
}

// commandFields returns the fields of a struct, and of the structs embedded in it, that are commands.
func commandFields(parent reflect.Type) (commands []reflect.StructField) {
	for _, field := range reflect.VisibleFields(parent) {
		if _, is := field.Tag.Lookup("cmd"); is && field.Type.Kind() == reflect.Struct {
			commands = append(commands, field)
		}
	}
	return commands
}

// defaultCommandNames returns the names of the commands that run if a command line has no words. There is at most one.
func defaultCommandNames(parent reflect.Type) (names []string) {
	for _, command := range commandFields(parent) {
		if _, is := command.Tag.Lookup("default"); is {
			names = append(names, commandName(command))
		}
	}
	return names
}

// commandName returns the name of a command, which is one word unless a tag gives it.
func commandName(command reflect.StructField) string {
	if name, is := command.Tag.Lookup("name"); is {
		return name
	}
	return strings.ToLower(command.Name)
}

// leaf is a command that has no subcommands.
type leaf struct {
	path  string // path has the names of the command and of those above it, separated by spaces.
	roles []keys.Role
}

// leafCommands returns the commands below a struct that have no subcommands, in their order. It reads them from the tags of the struct,
// because building the model of package kong takes 10 ms.
func leafCommands(parent reflect.Type, above string) (leaves []leaf) {
	for _, command := range commandFields(parent) {
		path := strings.TrimSpace(above + " " + commandName(command))
		below := leafCommands(command.Type, path)
		if len(below) == 0 {
			below = []leaf{{path, rolesIn(command.Tag.Get(rolesTag))}}
		}
		leaves = append(leaves, below...)
	}
	return leaves
}
