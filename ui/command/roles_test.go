package command

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/store"
	"loket/store/auditlog"
	"loket/ui/command/commandtest"
	"loket/ui/command/database"
	"loket/ui/exitcode"
	"loket/ui/ssh/keys"
)

// TestRoles tests that each command names the roles that may run it, that an operator is among
// them, and that the manual has the same in a table.
func TestRoles(t *testing.T) {
	roles := operatorRunner.RolesByCommand()
	for command, may := range roles {
		if !slices.Contains(may, keys.OperatorRole) || slices.ContainsFunc(may, func(r keys.Role) bool { return !slices.Contains(keys.Roles, r) }) {
			t.Errorf("%s may be run by %q", command, may)
		}
	}
	if table := rolesTable(roles); !strings.Contains(page(t, "roles").Text, "\n"+table+"\n") {
		t.Errorf("the page about roles does not have this table:\n%s", table)
	}
}

// rolesTable returns a table with a line for each command.
func rolesTable(roles map[string][]keys.Role) string {
	var b strings.Builder
	line := func(cells ...any) {
		b.WriteString(strings.TrimRight(fmt.Sprintf("    %-20s%-10s%-9s%-6s%s", cells...), " ") + "\n")
	}
	line("command", keys.HelpdeskRole, keys.AuditorRole, keys.FeedRole, keys.OperatorRole)
	for _, command := range operatorRunner.CommandNames() {
		cells := []any{command}
		for _, role := range []keys.Role{keys.HelpdeskRole, keys.AuditorRole, keys.FeedRole, keys.OperatorRole} {
			may := ""
			if slices.Contains(roles[command], role) {
				may = "yes"
			}
			cells = append(cells, may)
		}
		line(cells...)
	}
	return b.String()
}

// TestEachRole has a key of each role, and one of none, try each command. A command of others is
// refused in one sentence, is in the audit log, and is not in the help.
func TestEachRole(t *testing.T) {
	t.Parallel() // Commits wait for the disk.
	held := commandtest.OpenAsDesk(t, commandtest.DatabaseWithPeople(t))
	for _, role := range append(slices.Clone(keys.Roles), "") {
		run := func(line string) (c *commandtest.Session, code int) {
			c = commandtest.New("")
			holder := keys.Holder{Role: role, Fingerprint: "SHA256:" + string(role), Comment: "anna@example.org"}
			_, code = operatorRunner.RunCommand(t.Context(), database.RemoteSession(c.Console, held, holder), strings.Fields(line))
			return c, code
		}
		for command, roles := range operatorRunner.RolesByCommand() {
			if slices.Contains(roles, role) {
				if c, code := run(command + " --help"); code != exitcode.Done || c.Stderr.Len() > 0 {
					t.Errorf("%s may not %s: %d, %s", role, command, code, &c.Stderr)
				}
				continue
			}
			for _, line := range []string{command, command + " --help", command + " --set-letter-days 1", command + " K1 -"} {
				want := fmt.Sprintf("loket: a key with the role %q may not run %q\n", string(role), command)
				if c, code := run(line); code != exitcode.Failed || c.Stdout.Len() > 0 || c.Stderr.String() != want {
					t.Errorf("%s runs %s: %d, %s%s", role, line, code, &c.Stdout, &c.Stderr)
				}
				if last := lastEntry(t, held.Store); last.Outcome != "refused" || last.Step != command || last.Operator != strings.TrimSpace("SHA256:"+string(role)+" anna@example.org") {
					t.Errorf("%s runs %s: the audit log has %+v", role, line, last)
				}
			}
		}
		help, _ := run("--help")
		for command, roles := range operatorRunner.RolesByCommand() {
			if first, _, _ := strings.Cut(command, " "); first == command && strings.Contains(help.Stdout.String(), "\n  "+command+" ") != slices.Contains(roles, role) {
				t.Errorf("help for %q about %s:\n%s", role, command, &help.Stdout)
			}
		}
	}
}

// lastEntry returns the newest entry of the audit log.
func lastEntry(t *testing.T, s *store.Store) (last store.AuditEntry) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		for e := range auditlog.AllEntries(tx) {
			last = e
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return last
}
