package dispatch_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/flows/desk"
	"loket/store"
	"loket/store/auditlog"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
	"loket/ui/exitcode"
	"loket/ui/ssh/keys"
)

// grammar has a command for every way in which a command can end.
type grammar struct {
	Do struct {
		Well  well  `cmd:"" may:"helpdesk,operator"`
		Badly badly `cmd:"" may:"operator"`
	} `cmd:""`
	Break broken `cmd:"" may:"operator"`
}

type well struct {
	database.Database `embed:""`
	Settings          desk.Settings `embed:"" prefix:"set-" group:"settings"`
	Whom              string        `arg:"" optional:""`
}

func (w *well) Run(ctx context.Context, c *database.CommandSession) error {
	return w.WithStore(ctx, c, func(*store.Store) error {
		c.PrintNotice("done for %s", w.Whom)
		return nil
	})
}

type badly struct {
	Wrong bool
}

func (b *badly) Run(c *console.Console) error {
	if b.Wrong {
		return console.UsageError("that is not how")
	}
	return errors.New("it went badly")
}

type broken struct{}

func (broken) Run() error { panic("the secret of a customer") }

var operators = dispatch.OperatorRunner{NewGrammar: func() any { return &grammar{} }}

// TestOperators checks the exit codes of operators' commands, and that the audit log has only the names of the commands, and
// not their arguments.
func TestOperators(t *testing.T) {
	for _, test := range []struct {
		args string
		name string
		code int
		says string
		log  []string // log has the outcomes in the audit log.
	}{
		{"do well K1", "do well", exitcode.Done, "done for K1\n", []string{"asked for", "done"}},
		{"do badly", "do badly", exitcode.Failed, "loket: it went badly\n", []string{"asked for", "failed"}},
		{"do badly --wrong", "do badly", exitcode.WrongUsage, "loket: that is not how\n", []string{"asked for", "wrong usage"}},
		{"do Hoekstra", "do", exitcode.WrongUsage, "loket: ", []string{"asked for", "wrong usage"}},
		{"Hoekstra", "unknown", exitcode.WrongUsage, "loket: ", []string{"asked for", "wrong usage"}},
		{"break", "break", exitcode.Failed, "loket: this should not have happened: ", []string{"asked for", "failed"}},
		{"do well --db x", "do well", exitcode.WrongUsage, "loket: the desk that is open here has a database of its own", []string{"asked for", "wrong usage"}},
		{"do well --set-letter-days 9", "do well", exitcode.WrongUsage, "loket: the settings are those of the desk that is open here", nil},
	} {
		t.Run(test.args, func(t *testing.T) {
			held := commandtest.OpenAsDesk(t, commandtest.DatabaseWithPeople(t))
			s := commandtest.New("")
			name, code := operators.RunCommand(t.Context(), database.RemoteSession(s.Console, held, commandtest.OperatorKeyHolder), strings.Fields(test.args))
			if name != test.name || code != test.code || !strings.HasPrefix(s.Stderr.String(), test.says) || strings.Count(s.Stderr.String(), "\n") != 1 {
				t.Errorf("%q ended with %d, said %q", name, code, &s.Stderr)
			}
			if strings.Contains(s.Stderr.String(), "secret") {
				t.Errorf("said %q", &s.Stderr)
			}
			var got []string
			for _, e := range entries(t, held.Store) {
				got = append(got, e.Outcome)
				if e.Operator != "SHA256:abc" || e.Step != test.name || e.Terminal != store.AuditOperator || e.Customer != "" {
					t.Errorf("noted %+v", e)
				}
			}
			if diff := cmp.Diff(test.log, got); diff != "" {
				t.Errorf("audit log (-want +got):\n%s", diff)
			}
		})
	}
}

// entries returns the entries of the audit log.
func entries(t *testing.T, s *store.Store) (all []store.AuditEntry) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		all = slices.Collect(auditlog.AllEntries(tx))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRefused: a command that is not for a role does not run, and one that nobody is named for runs for nobody.
func TestRefused(t *testing.T) {
	type unnamed struct {
		Well well `cmd:""`
	}
	for _, test := range []struct {
		of   any
		role keys.Role
		args string
		says string
	}{
		{&grammar{}, keys.HelpdeskRole, "do well K1", "done for K1\n"},
		{&grammar{}, keys.AuditorRole, "do well K1", "loket: a key with the role \"auditor\" may not run \"do well\"\n"},
		{&grammar{}, keys.HelpdeskRole, "do badly", "loket: a key with the role \"helpdesk\" may not run \"do badly\"\n"},
		{&grammar{}, "", "do well", "loket: a key with the role \"\" may not run \"do well\"\n"},
		{&unnamed{}, keys.OperatorRole, "well", "loket: a key with the role \"operator\" may not run \"well\"\n"},
	} {
		held := commandtest.OpenAsDesk(t, commandtest.DatabaseWithPeople(t))
		s := commandtest.New("")
		o := dispatch.OperatorRunner{NewGrammar: func() any { return test.of }}
		o.RunCommand(t.Context(), database.RemoteSession(s.Console, held, keys.Holder{Role: test.role, Fingerprint: "SHA256:abc"}), strings.Fields(test.args))
		if s.Stderr.String() != test.says {
			t.Errorf("%s of %q said %q", test.args, test.role, &s.Stderr)
		}
	}
}

// TestNotedOrNotDone: what cannot be noted is not done.
func TestNotedOrNotDone(t *testing.T) {
	held := commandtest.OpenAsDesk(t, commandtest.DatabaseWithPeople(t))
	if err := held.Store.Close(); err != nil {
		t.Fatal(err)
	}
	s := commandtest.New("")
	_, code := operators.RunCommand(t.Context(), database.RemoteSession(s.Console, held, commandtest.OperatorKeyHolder), []string{"do", "badly"})
	if code != exitcode.Failed || !strings.HasPrefix(s.Stderr.String(), "loket: note the command in the audit log: ") {
		t.Errorf("ended with %d, said %q", code, &s.Stderr)
	}
}

// TestNames checks the names of the commands in the audit log.
func TestNames(t *testing.T) {
	if diff := cmp.Diff([]string{"do well", "do badly", "break"}, operators.CommandNames()); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}
