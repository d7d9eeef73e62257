// Package commandtest helps tests to make databases, and to run commands as a command line does.
//
// Start at New, which returns a session whose output a test can read. DatabaseWithPeople and similar functions make
// databases. MustRun runs a command.
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
	"loket/ui/ssh/keys"
)

// Session is a session whose output a test can read: results are in Stdout, and notices in Stderr.
type Session struct {
	database.CommandSession
	Stdout, Stderr bytes.Buffer
}

// New returns a session whose standard input is in.
func New(in string) *Session {
	s := &Session{}
	s.CommandSession = database.CommandSession{Console: &console.Console{In: strings.NewReader(in), Out: &s.Stdout, Err: &s.Stderr, Clock: clock.New()}}
	return s
}

// A Command is a command that runs in a session.
type Command interface {
	Run(ctx context.Context, s *database.CommandSession) error
}

// MustRun runs a command, and fails the test if the command fails. It returns the results and the notices of the command.
func MustRun(t *testing.T, in string, command Command) (wrote, said string) {
	t.Helper()
	s := New(in)
	if err := command.Run(t.Context(), &s.CommandSession); err != nil {
		t.Fatalf("%v\n%s", err, &s.Stderr)
	}
	return s.Stdout.String(), s.Stderr.String()
}

// MustFail runs a command, and fails the test unless the error of the command contains want. If held is not nil, the command
// runs on that open database, as over SSH.
func MustFail(t *testing.T, in string, held *database.OpenDatabase, command Command, want string) {
	t.Helper()
	s := New(in)
	session := &s.CommandSession
	if held != nil {
		session = database.RemoteSession(s.Console, held, OperatorKeyHolder)
	}
	err := command.Run(t.Context(), session)
	if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("says %v, want %q", err, want)
	}
}

// OperatorKeyHolder is the holder of an operator's key.
var OperatorKeyHolder = keys.Holder{Role: keys.OperatorRole, Fingerprint: "SHA256:abc"}

// RunCommandLine runs a command line on a database, and returns its session and exit code.
func RunCommandLine(t *testing.T, grammar any, d database.Database, in string, args ...string) (s *Session, code int) {
	t.Helper()
	s = New(in)
	t.Setenv("LOKET_DB", d.DB)
	return s, dispatch.Run(t.Context(), grammar, args, &s.CommandSession)
}

// RunOverSSH runs a command line on an open database, as over SSH. It fails the test unless the exit code is want.
func RunOverSSH(t *testing.T, operators dispatch.OperatorRunner, held *database.OpenDatabase, in string, want int, args ...string) (wrote, said string) {
	t.Helper()
	s := New(in)
	if _, code := operators.RunCommand(t.Context(), database.RemoteSession(s.Console, held, OperatorKeyHolder), args); code != want {
		t.Fatalf("%q ended with %d: %s", args, code, &s.Stderr)
	}
	return s.Stdout.String(), s.Stderr.String()
}

// IsUsageError reports whether an error is a console.UsageError.
func IsUsageError(err error) bool {
	_, is := errors.AsType[console.UsageError](err)
	return is
}
