package keys

import (
	"fmt"
	"slices"
	"strings"
)

// A Role says what the holder of an operator's key may do.
type Role string

// All roles.
const (
	HelpdeskRole Role = "helpdesk" // HelpdeskRole helps customers by telephone.
	AuditorRole  Role = "auditor"  // AuditorRole reads, and changes nothing.
	OperatorRole Role = "operator" // OperatorRole may do everything.
	FeedRole     Role = "feed"     // FeedRole brings the files of the bank.
)

// Roles lists all roles.
var Roles = []Role{HelpdeskRole, AuditorRole, FeedRole, OperatorRole}

// parseRole parses the value of the option role="operator".
func parseRole(value string) (Role, error) {
	role := Role(strings.Trim(value, `"`))
	if !slices.Contains(Roles, role) {
		return "", fmt.Errorf("role=%q is no role: there are %s", string(role), roleList())
	}
	return role, nil
}

// roleList returns the names of all roles in words.
func roleList() string {
	var names []string
	for _, role := range Roles {
		names = append(names, string(role))
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
