package ssh

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"loket/ui/exitcode"
	"loket/ui/ssh/keys"
)

// TestRolesReachCommands checks that a command gets the role and the comment of its key, whatever
// name the client gives, and that a key of no role that exists is not admitted.
func TestRolesReachCommands(t *testing.T) {
	key, line := newKey(t)
	other, admin := newKey(t)
	s := branch(t, nil, []string{`role="helpdesk" ` + line + " anna", `role="admin" ` + admin})
	s.RunOperatorCommand = func(_ context.Context, c Command) int {
		if c.Holder.Role != keys.HelpdeskRole || c.Holder.Comment != "anna" {
			t.Errorf("runs for %+v", c.Holder)
		}
		return exitcode.Done
	}
	for _, name := range []string{"anna", "root", "operator", ""} {
		c, err := s.triesAs(name, key)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, code := asks(t, c, "export -", ""); code != exitcode.Done {
			t.Errorf("as %q: exit code %d", name, code)
		}
		c.Close()
	}
	if _, err := s.tries(other); err == nil {
		t.Error("a key with an unknown role is admitted")
	}
}

// TestOnlyCommands checks that a key of an operator gets nothing but a command: no forwarding, no
// subsystem, no agent and no variable of the server.
func TestOnlyCommands(t *testing.T) {
	key, line := newKey(t)
	c := branch(t, nil, []string{`role="helpdesk" ` + line}).dial(key)
	for _, kind := range []string{"direct-tcpip", "forwarded-tcpip", "direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "tun@openssh.com"} {
		if _, _, err := c.OpenChannel(kind, nil); err == nil || !strings.Contains(err.Error(), "nothing else") {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for _, request := range []string{"tcpip-forward", "streamlocal-forward@openssh.com"} {
		if granted, _, _ := c.SendRequest(request, true, nil); granted {
			t.Errorf("%s is granted", request)
		}
	}
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for request, payload := range map[string][]byte{
		"subsystem":                  ssh.Marshal(struct{ Name string }{"sftp"}),
		"x11-req":                    nil,
		"auth-agent-req@openssh.com": nil,
		"env":                        ssh.Marshal(struct{ Name, Value string }{"LOKET_DB", "/desk.db"}),
	} {
		if granted, _ := session.SendRequest(request, true, payload); granted {
			t.Errorf("%s is granted", request)
		}
	}
}
