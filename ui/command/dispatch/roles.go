package dispatch

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"loket/ui/ssh/keys"
)

// rolesTag is the tag of a command that names the roles that may run it: may:"auditor,operator".
const rolesTag = "may"

// rolesOf returns the roles that may run a command.
func rolesOf(command *kong.Node) []keys.Role { return rolesIn(command.Tag.Get(rolesTag)) }

// rolesIn returns the roles in a tag.
func rolesIn(tag string) (roles []keys.Role) {
	for name := range strings.SplitSeq(tag, ",") {
		roles = append(roles, keys.Role(name))
	}
	return roles
}

// checkRole returns an error if the command of a command line is not for a role. Without a whole
// command there is nothing to refuse, because only help can come of it.
func checkRole(role keys.Role, command *kong.Node) error {
	if command == nil || len(command.Children) > 0 || slices.Contains(rolesOf(command), role) {
		return nil
	}
	return fmt.Errorf("a key with the role %q may not run %q", string(role), command.Path())
}

// hideCommandsFromRole returns an option that leaves the commands out of help that are not for a role.
func hideCommandsFromRole(role keys.Role) kong.Option {
	return kong.PostBuild(func(k *kong.Kong) error { hideNodesFromRole(role, k.Model.Node); return nil })
}

// hideNodesFromRole hides the commands below a node that are not for a role, and reports whether it hid all
// of them.
func hideNodesFromRole(role keys.Role, node *kong.Node) (hidAll bool) {
	if len(node.Children) == 0 {
		return !slices.Contains(rolesOf(node), role)
	}
	hidAll = true
	for _, child := range node.Children {
		child.Hidden = hideNodesFromRole(role, child) || child.Hidden
		hidAll = hidAll && child.Hidden
	}
	return hidAll
}

// RolesByCommand returns the roles that may run each command.
func (o OperatorRunner) RolesByCommand() map[string][]keys.Role {
	all := map[string][]keys.Role{}
	for _, command := range o.leafCommands() {
		all[command.path] = command.roles
	}
	return all
}

// leafCommands returns the commands that there are, in their order.
func (o OperatorRunner) leafCommands() []leaf {
	return leafCommands(reflect.TypeOf(o.NewGrammar()).Elem(), "")
}
