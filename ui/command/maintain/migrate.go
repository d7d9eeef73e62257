package maintain

import (
	"context"
	"fmt"

	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// MigrateCommand is the command that converts a database to the schema of this program.
type MigrateCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
}

// Help returns the detailed help of the command.
func (MigrateCommand) Help() string {
	return `A desk does this by itself when it is opened. Before anything is changed a copy is made: beside the file, or of a cluster as a backup beside the key file. The copy has all that the database had, also of customers who are erased after that: loket check takes it away if all is right, and a desk that is open does after 14 days.

To go back to the earlier loket, close the desk, and put the copy in place of the database, and that of the key file, if there is one, in place of the key file. A backup of a cluster is restored by the earlier loket. If it is interrupted, run it again. On a cluster close all desks of earlier versions first.`
}

// Run migrates the database.
func (m *MigrateCommand) Run(ctx context.Context, c *database.CommandSession) error {
	for _, warning := range m.PermissionWarnings() {
		c.PrintNotice("Warning: %s.", warning)
	}
	var did []string
	s, err := m.Database.Migrate(ctx, c.Clock, func(sentence string) {
		did = append(did, sentence)
		if !m.JSON {
			c.PrintNotice("%s", sentence)
		}
	})
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	facts := map[string]any{"schema": store.Version, "migrated": len(did) > 0}
	if m.JSON || len(did) == 0 {
		return m.PrintOutcome(c.Console, facts, fmt.Sprintf("%s has schema version %d already.", m.DB, store.Version))
	}
	return nil
}
