// Package backup has the commands that copy a database (backup, restore, copy), and the commands for the keys that encrypt
// a database and its backups. Packages store/backup and store/rotation do the work, and package database opens the
// database that a command names.
//
// Start at Backup.
package backup

import (
	"context"
	"errors"
	"fmt"
	"io"

	"loket/store"
	"loket/store/backup"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// BackupCommand is the command that writes all records of the database to a file.
type BackupCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	console.OutputFile     `embed:""`
}

// Help returns the detailed help of the command.
func (BackupCommand) Help() string {
	return `The desk goes on meanwhile, and the backup is all of one moment. Over SSH it comes through the connection: ssh -p 2222 HOST backup - > FILE

What is in a backup is sealed like the database, and can only be read with its key file. Keep a copy of that in another place than the backups. Every record is read: if one is damaged, it is named, and the exit code is 1. Then the backup has it as it is, and does not go over a file that is there. What the database forgets later, such as a customer who is erased, stays in the backups that were made before.`
}

// Run makes the backup.
func (b *BackupCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if b.File == console.StandardStream && console.IsTerminal(c.Out) {
		return console.UsageError("a backup is not for a terminal: name a file, or send it on with > FILE")
	}
	if err := b.CheckWritable(c.Console); err != nil {
		return err
	}
	return b.WithStore(ctx, c, func(s *store.Store) error {
		entries, progress := 0, &progressWriter{ProgressBar: c.NewProgressBar(), taskName: "writing"}
		defer progress.Clear()
		var damaged *backup.Damage
		err := b.writeBackup(c.Console, func(w io.Writer) (err error) {
			entries, err = backup.Write(ctx, s, io.MultiWriter(w, progress))
			// The database is damaged, and the file that would be replaced may be a good backup.
			if errors.As(err, &damaged) && !b.MayReplace(c.Console) {
				return nil
			}
			return err
		})
		progress.Clear()
		switch {
		case damaged != nil && err != nil:
			return fmt.Errorf("the database is damaged, and nothing was written over %s: %w", b.File, damaged)
		case err != nil:
			return err
		}
		facts := map[string]any{"records": entries, "bytes": progress.doneBytes, "damaged": damaged != nil}
		if err := b.PrintOutcomeToStderr(c.Console, facts, fmt.Sprintf("Backed up %s, in %s.", console.CountText(entries, "record"), console.Megabytes(progress.doneBytes))); err != nil {
			return err
		}
		if damaged != nil {
			return fmt.Errorf("the database is damaged, and so is the backup: %w; loket restore leaves out what is damaged if you say --leave-damaged", damaged)
		}
		return nil
	})
}

// writeBackup writes the backup to its file or to standard output. If standard output goes over a network connection, the whole
// backup is made first, so that a slow connection does not keep the database busy.
func (b *BackupCommand) writeBackup(c *console.Console, fill func(io.Writer) error) error {
	if b.File == console.StandardStream {
		return c.WriteSpooled(fill)
	}
	return b.Write(c, fill)
}

// progressWriter shows how many bytes were written to it.
type progressWriter struct {
	*console.ProgressBar
	taskName              string
	doneBytes, totalBytes int64 // doneBytes is the number of bytes written, and totalBytes the number in all. The latter is 0 if it is not known.
}

// Write implements [io.Writer].
func (m *progressWriter) Write(p []byte) (int, error) {
	m.doneBytes += int64(len(p))
	m.Show(m.taskName, m.doneBytes, m.totalBytes)
	return len(p), nil
}
