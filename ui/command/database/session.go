package database

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/ssh/keys"
)

// Session is what a command on a database runs in.
type Session struct {
	*console.Console
	Operator     string        // who gives the command: a key over SSH, or a user of this machine
	Role         keys.Role     // of the operator, if the process has the database open already
	Command      string        // that runs; empty if it was not named on a command line
	OpenDatabase *OpenDatabase // the database that the process has open already, or nil

	Forward Forwarder // has desks that are open run commands; nil where none can
}

// A Forwarder has the desk that has a database open run a command, by the words that were typed
// without those that say which database. It returns the exit code. If no such desk takes commands
// on this machine it does nothing, and found is false.
type Forwarder func(ctx context.Context, s *Session, d Database, files console.NamedFiles, args []string) (code int, found bool, err error)

// RemoteSession returns the session of an operator over SSH, on a database that the
// process has open.
func RemoteSession(c *console.Console, held *OpenDatabase, operator keys.Holder) *Session {
	remote := LocalSession(c, held, operator.AuditName())
	remote.Role = operator.Role
	remote.Files = console.NoFiles{}
	return remote
}

// LocalSession returns the session of a user of this machine, on a database that the process has
// open. The console is that of another process. The user may do everything, because they can open
// the database themselves.
func LocalSession(c *console.Console, held *OpenDatabase, user string) *Session {
	local := *c
	local.SpoolDir = held.spoolDirectory()
	return &Session{Console: &local, Operator: user, Role: keys.Operator, OpenDatabase: held}
}

// WithOutput returns the session with another place for results.
func (c *Session) WithOutput(out io.Writer) *Session {
	other, console := *c, *c.Console
	console.Out = out
	other.Console = &console
	return &other
}

// OutcomeRequested is what the audit log says of a command before it begins.
const OutcomeRequested = "asked for"

// RecordCommand notes a command in the audit log, by name.
func (c *Session) RecordCommand(ctx context.Context, s *store.Store, command, outcome string) error {
	return s.Update(ctx, func(tx *store.Tx) error {
		tx.RecordAudit(store.AuditEntry{
			Terminal: store.AuditOperator, Operator: c.Operator, Flow: store.AuditOperator, Step: command, Outcome: outcome,
		})
		return nil
	})
}

// Desk returns a desk at which the operator works.
func (c *Session) Desk(s *store.Store, settings desk.Settings) *desk.Desk {
	desk := desk.New(s, c.Clock, store.AuditOperator, settings)
	desk.Operator = c.Operator
	return desk
}

// SettingsInUse returns the settings of the desk that is open, or else those given.
func (c *Session) SettingsInUse(given desk.Settings) desk.Settings {
	if c.OpenDatabase != nil {
		return c.OpenDatabase.Settings
	}
	return given
}

// DatabaseInUse returns the database that the process has open, or else the one given.
func (c *Session) DatabaseInUse(given Database) Database {
	if c.OpenDatabase != nil {
		return c.OpenDatabase.Database
	}
	return given
}

// OpenDatabase is a database that the process has open, for commands that come from elsewhere.
type OpenDatabase struct {
	Database
	Store     *store.Store
	Settings  desk.Settings // of its desk
	Retention maintenance.Settings
}

// spoolDirectory returns where the database is, or the directory for temporary files if it is in
// no file.
func (h *OpenDatabase) spoolDirectory() string {
	if h.DB == "" || h.IsShared() {
		return os.TempDir()
	}
	return filepath.Dir(h.DB)
}
