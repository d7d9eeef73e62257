package ssh

import (
	"strings"
	"testing"
	"time"

	"loket/ui/exitcode"
	"loket/ui/ssh/session"
)

// TestServiceDesk checks that a key gets the screen of the service desk only if its role helps customers: drawn on a terminal,
// and line by line without one.
func TestServiceDesk(t *testing.T) {
	for role, may := range map[string]bool{"helpdesk": true, "operator": true, "auditor": false, "feed": false} {
		t.Run(role, func(t *testing.T) {
			key, line := newKey(t)
			s := branch(t, nil, []string{`role="` + role + `" ` + line + " anna"})
			c := s.dial(key)
			if !may {
				for _, command := range []string{"", "plain"} {
					if out, _, _ := asks(t, c, command, ""); strings.Contains(out, "Servicedesk") || !strings.HasPrefix(out, "[") {
						t.Errorf("%q writes %q", command, out)
					}
				}
				return
			}
			for _, command := range []string{"", "plain"} {
				if out, _, code := asks(t, c, command, "/stop\n"); !strings.HasPrefix(out, "mijn.nn Servicedesk\n") || code != exitcode.Done {
					t.Errorf("%q writes %q, exit code %d", command, out, code)
				}
			}
			v := visits(t, c).at("xterm-256color", 80, 24).enters()
			v.sees("Servicedesk")
			v.types("1")
			v.finds("Wie belt er?")
			if s.watch.count("began "+session.KindOperator) == 0 {
				t.Errorf("counted %v", s.watch.counts)
			}
		})
	}
}

// TestServiceDeskIdle checks that the connection of a service desk ends after longer idleness.
func TestServiceDeskIdle(t *testing.T) {
	key, line := newKey(t)
	s := branch(t, nil, []string{`role="helpdesk" ` + line}, func(s *Server) { s.Limits.Idle = 100 * time.Millisecond })
	v := visits(t, s.dial(key)).at("xterm-256color", 80, 24).enters()
	if code := v.leaves(); code != exitcode.Done {
		t.Errorf("exit code %d", code)
	}
	v.restored()
	if seen := v.seen.String(); !strings.Contains(seen, "de verbinding verbroken") {
		t.Errorf("in the end it sees %q", seen[max(len(seen)-200, 0):])
	}
}
