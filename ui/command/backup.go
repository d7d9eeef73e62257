package command

import (
	"context"
	"fmt"
	"io"

	"loket/store"
	"loket/store/backup"
)

// Backup copies all that is in the database.
type Backup struct {
	Database `embed:""`
	NewFile  `embed:""`
}

// Help explains the command.
func (Backup) Help() string {
	return `The desk goes on meanwhile, and the backup is all of one moment. Over SSH it comes through the connection: ssh -p 2222 HOST backup - > FILE

What is in a backup is sealed like the database, and can only be read with its key file. Keep a copy of that in another place than the backups. What the database forgets later, such as a customer who is erased, stays in the backups that were made before.`
}

// Run makes the backup.
func (b *Backup) Run(ctx context.Context, c *Console) error {
	if b.File == standard && isTerminal(c.Out) {
		return Usage("a backup is not for a terminal: name a file, or send it on with > FILE")
	}
	if err := b.writable(c); err != nil {
		return err
	}
	return b.with(ctx, c, func(s *store.Store) error {
		entries, written := 0, &meter{bar: c.bar(), what: "writing"}
		defer written.clear()
		err := b.copy(c, func(w io.Writer) (err error) {
			entries, err = backup.Write(ctx, s, io.MultiWriter(w, written))
			return err
		})
		if err != nil {
			return err
		}
		written.clear()
		c.say("Backed up %s, in %s.", some(entries, "record"), megabytes(written.done))
		return nil
	})
}

// copy writes the backup. One that goes away through a connection is whole before
// its first byte leaves: so the database is read no longer than that takes, however
// slow the connection is.
func (b *Backup) copy(c *Console, fill func(io.Writer) error) error {
	if b.File == standard {
		return c.spooled(fill)
	}
	return b.write(c, fill)
}

// meter shows how many bytes went by.
type meter struct {
	*bar
	what      string
	done, all int64 // all is 0 if nobody knows
}

// Write implements [io.Writer].
func (m *meter) Write(p []byte) (int, error) {
	m.done += int64(len(p))
	m.show(m.what, m.done, m.all)
	return len(p), nil
}

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
