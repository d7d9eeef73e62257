package keys

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"loket/store/reload"
)

// TestRoles checks the role and the comment of keys, and the warning about a key without a role. The
// log has that once, and again if it changes.
func TestRoles(t *testing.T) {
	var logged bytes.Buffer
	watch := &reload.FaultWatch{Log: slog.New(slog.NewTextHandler(&logged, nil))}
	one, two := newLine(t), newLine(t)
	path := write(t, t.TempDir()+"/operators", "# of the desk", one, `role="helpdesk" `+two+" anna\x1b[2J@desk "+strings.Repeat("x", 99))
	f, err := ReadFiles("", path, watch)
	if err != nil {
		t.Fatal(err)
	}
	holder := func(line string) Holder {
		t.Helper()
		key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		h, err := f.Find(key)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	if h := holder(one); h.Role != OperatorRole || h.AuditName() != h.Fingerprint {
		t.Errorf("without a role: %+v", h)
	}
	h := holder(two)
	if want := "anna[2J@desk " + strings.Repeat("x", 47); h.Role != HelpdeskRole || h.Comment != want || h.AuditName() != h.Fingerprint+" "+want {
		t.Errorf("with a role: %+v", h)
	}
	if warning := f.RoleWarning(); !strings.HasPrefix(warning, path+":2: the key may do everything, because no role is named") || f.Fault() != nil {
		t.Errorf("warns %q, %v", warning, f.Fault())
	}
	f.Refresh()
	if n := strings.Count(logged.String(), "level=WARN"); n != 1 {
		t.Errorf("logged %d warnings: %s", n, &logged)
	}
	if err := os.WriteFile(path, []byte(`role="auditor" `+one+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f.Refresh()
	if h := holder(one); h.Role != AuditorRole || f.RoleWarning() != "" {
		t.Errorf("after a change: %+v, %q", h, f.RoleWarning())
	}
}

// TestHasAccessOf checks which changes of a line are a change of access.
func TestHasAccessOf(t *testing.T) {
	h := Holder{Role: HelpdeskRole, Fingerprint: "SHA256:abc", Comment: "anna"}
	for other, same := range map[Holder]bool{
		{Role: HelpdeskRole, Fingerprint: "SHA256:abc", Comment: "bert"}: true,
		{Role: OperatorRole, Fingerprint: "SHA256:abc", Comment: "anna"}: false,
		{Terminal: "Utrecht 1", Fingerprint: "SHA256:abc"}:               false,
	} {
		if h.HasSameAccess(other) != same {
			t.Errorf("%+v: want %t", other, same)
		}
	}
}
