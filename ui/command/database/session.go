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
	"loket/ui/fleet"
	"loket/ui/ssh/keys"
)

// CommandSession is the environment in which a command about a database runs.
type CommandSession struct {
	*console.Console
	Operator     string        // Operator is who gives the command: a key over SSH, or a user of this machine.
	Role         keys.Role     // Role is the role of the operator. It is empty if the process opens the database for the command.
	Command      string        // Command is the name of the running command. It is empty if there was no command line.
	OpenDatabase *OpenDatabase // OpenDatabase is the database that the process already has open, or nil.

	Forward Forwarder // Forward makes an open desk run the command. It is nil if commands cannot be forwarded.
}

// A Forwarder makes the desk that has a database open run a command, and returns its exit code. The arguments are without the
// flags that name the database. If no desk on this machine takes commands for that database, found is false and nothing was
// done.
type Forwarder func(ctx context.Context, s *CommandSession, d Database, files console.NamedFiles, args []string) (code int, found bool, err error)

// RemoteSession returns the session of an operator who works over SSH on a database that the process has open.
func RemoteSession(c *console.Console, held *OpenDatabase, operator keys.Holder) *CommandSession {
	remote := LocalSession(c, held, operator.AuditName())
	remote.Role = operator.Role
	remote.Files = console.NoFiles{}
	return remote
}

// LocalSession returns the session of a user of this machine, on a database that the process has open. The console belongs to
// another process. The user gets the role of an operator, because they could also open the database themselves.
func LocalSession(c *console.Console, held *OpenDatabase, user string) *CommandSession {
	local := *c
	local.SpoolDir = held.spoolDirectory()
	return &CommandSession{Console: &local, Operator: user, Role: keys.OperatorRole, OpenDatabase: held}
}

// WithOutput returns a copy of the session whose results go to out.
func (c *CommandSession) WithOutput(out io.Writer) *CommandSession {
	other, console := *c, *c.Console
	console.Out = out
	other.Console = &console
	return &other
}

// OutcomeRequested is the outcome in the audit log of a command that has not begun yet.
const OutcomeRequested = "asked for"

// RecordCommand adds an entry to the audit log with the name of a command and its outcome.
func (c *CommandSession) RecordCommand(ctx context.Context, s *store.Store, command, outcome string) error {
	return s.Update(ctx, func(tx *store.Tx) error {
		tx.RecordAudit(store.AuditEntry{
			Terminal: store.AuditOperator, Operator: c.Operator, Flow: store.AuditOperator, Step: command, Outcome: outcome,
		})
		return nil
	})
}

// OperatorDesk returns a desk whose actions are recorded under the name of the operator.
func (c *CommandSession) OperatorDesk(s *store.Store, settings desk.Settings) *desk.Desk {
	desk := desk.New(s, c.Clock, store.AuditOperator, settings)
	desk.Operator = c.Operator
	return desk
}

// DatabaseInUse returns the database that the process has open, or the given one if none is open.
func (c *CommandSession) DatabaseInUse(given Database) Database {
	if c.OpenDatabase != nil {
		return c.OpenDatabase.Database
	}
	return given
}

// OpenDatabase is a database that the process has open, for commands that come over SSH or from another process.
type OpenDatabase struct {
	Database
	Store     *store.Store
	Fleet     *fleet.Fleet  // Fleet has the terminals of the desk. It may be nil.
	Settings  desk.Settings // Settings are the settings of the desk.
	Retention maintenance.Settings
}

// spoolDirectory returns the folder of the database file, or the directory for temporary files if the database is not in a
// file.
func (h *OpenDatabase) spoolDirectory() string {
	if h.DB == "" || h.IsShared() {
		return os.TempDir()
	}
	return filepath.Dir(h.DB)
}
