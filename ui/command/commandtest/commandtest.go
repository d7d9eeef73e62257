// Package commandtest is for tests alone: it has databases to run commands on, and
// runs them as a command line does.
//
// Start at New, which is a session whose output a test can read, at Inhabited, and at
// Runs.
package commandtest

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"loket/flows/clock"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/dispatch"
)

// Session is one in which a test reads what a command wrote and said.
type Session struct {
	database.Session
	Wrote, Said bytes.Buffer
}

// New returns a session in which a command reads in.
func New(in string) *Session {
	s := &Session{}
	s.Session = database.Session{Console: &console.Console{In: strings.NewReader(in), Out: &s.Wrote, Err: &s.Said, Clock: clock.New()}}
	return s
}

// A Command is one of those that take a session.
type Command interface {
	Run(ctx context.Context, s *database.Session) error
}

// MustRun runs a command that must succeed, and returns what it wrote and said.
func MustRun(t *testing.T, in string, command Command) (wrote, said string) {
	t.Helper()
	s := New(in)
	if err := command.Run(t.Context(), &s.Session); err != nil {
		t.Fatalf("%v\n%s", err, &s.Said)
	}
	return s.Wrote.String(), s.Said.String()
}

// MustFail runs a command that must not succeed. Over SSH it runs on the database that is
// held.
func MustFail(t *testing.T, in string, held *database.OpenDatabase, command Command, want string) {
	t.Helper()
	s := New(in)
	session := &s.Session
	if held != nil {
		session = database.RemoteSession(s.Console, held, fingerprint)
	}
	err := command.Run(t.Context(), session)
	if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("says %v, want %q", err, want)
	}
}

// fingerprint is that of an operator's key.
const fingerprint = "SHA256:abc"

// RunTyped runs a command on a database as it is typed.
func RunTyped(t *testing.T, grammar any, d database.Database, in string, args ...string) (s *Session, code int) {
	t.Helper()
	s = New(in)
	t.Setenv("LOKET_DB", d.DB)
	return s, dispatch.Run(t.Context(), grammar, args, &s.Session)
}

// RunOverSSH runs a command on a database that is held, as it is typed over SSH.
func RunOverSSH(t *testing.T, operators dispatch.Operators, held *database.OpenDatabase, in string, want int, args ...string) (wrote, said string) {
	t.Helper()
	s := New(in)
	if _, code := operators.Do(t.Context(), database.RemoteSession(s.Console, held, fingerprint), args); code != want {
		t.Fatalf("%q ended with %d: %s", args, code, &s.Said)
	}
	return s.Wrote.String(), s.Said.String()
}

// IsUsageError reports whether an error is for whoever typed a command.
func IsUsageError(err error) bool {
	_, is := errors.AsType[console.UsageError](err)
	return is
}
