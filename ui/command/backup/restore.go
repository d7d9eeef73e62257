package backup

import (
	"context"
	"errors"
	"fmt"
	"io"

	"loket/store"
	"loket/store/backup"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// RestoreCommand is the command that replaces the database with a backup.
type RestoreCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Yes                    bool   `help:"Yes, all that is in the database now is gone then."`
	SendWaiting            bool   `help:"Send messages that waited when the backup was made. Those that left after that are sent again."`
	LeaveDamaged           bool   `help:"Leave out records that are damaged, and restore all others. Each is named, and the audit log tells of it."`
	File                   string `arg:"" name:"file" help:"The backup; - is standard input."`
}

// Help returns the detailed help of the command.
func (RestoreCommand) Help() string {
	return `Nothing changes unless all of the backup is right; then all changes at once. If there is no database yet, it is made; the key file must be there. Over SSH the desk that is open goes on with what is restored: ssh -p 2222 HOST restore --yes - < FILE. A visitor who is logged in stays so unless their password is another one by that.

If a record is damaged it is named, and nothing is restored; with --leave-damaged all the others are. Such a backup no longer shows that nobody took records out of it, or put them in.

What came after the backup is gone: activation numbers that were used since work again, passwords that were changed are the old ones, customers who were erased are back, and the audit log ends where it did. Checkpoints of it that were kept elsewhere since do not fit it any more.

Messages that waited when the backup was made may have been sent since. They are held back, as given up: look at them with loket outbox list, and have them sent with loket outbox retry.`
}

// NamedFiles returns the backup file, which the command reads.
func (r *RestoreCommand) NamedFiles() console.NamedFiles {
	return console.NamedFiles{Read: []string{r.File}}
}

// Run restores the backup.
func (r *RestoreCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if err := r.NamedFiles().Check(c.Console); err != nil {
		return err
	}
	in, size, err := c.Open(r.File)
	if err != nil {
		return err
	}
	defer in.Close()
	progress := &progressWriter{ProgressBar: c.NewProgressBar(), taskName: "reading", totalBytes: size}
	defer progress.Clear()
	restored, err := r.restore(ctx, c, io.TeeReader(in, progress))
	if err != nil {
		return r.explainError(err)
	}
	progress.Clear()
	kept := restored.Entries - restored.LeftOut.Count
	says := []string{fmt.Sprintf("Restored %s, as they were on %s.", console.CountText(kept, "record"), console.FormatToMinute(restored.Made))}
	if restored.LeftOut.Count > 0 {
		says = append(says, fmt.Sprintf("Left out: %v. See loket check for what refers to them.", &restored.LeftOut))
	}
	if restored.MessagesGivenUp > 0 {
		says = append(says, fmt.Sprintf("%s held back, since they may have been sent after that: see loket outbox list --state dead, and loket outbox retry.", console.CountText(restored.MessagesGivenUp, "message")))
	}
	facts := map[string]any{"records": kept, "made": console.InAmsterdam(restored.Made), "left_out": restored.LeftOut.Count, "messages_held_back": restored.MessagesGivenUp}
	return r.PrintOutcome(c.Console, facts, says...)
}

func (r *RestoreCommand) restore(ctx context.Context, c *database.CommandSession, in io.Reader) (restored backup.RestoreResult, err error) {
	options := backup.RestoreOptions{SendWaiting: r.SendWaiting, LeaveDamaged: r.LeaveDamaged}
	if c.OpenDatabase == nil {
		return r.restoreOffline(ctx, c, in, options)
	}
	return restored, r.WithStore(ctx, c, func(s *store.Store) (err error) {
		if !r.Yes {
			return errYesFlagRequired
		}
		restored, err = backup.Restore(ctx, s, in, options)
		return err
	})
}

const errYesFlagRequired = console.UsageError("all that is in the database now is gone then: say --yes if you mean it")

// restoreOffline restores a database that this process does not have open.
func (r *RestoreCommand) restoreOffline(ctx context.Context, c *database.CommandSession, in io.Reader, options backup.RestoreOptions) (restored backup.RestoreResult, err error) {
	if err := r.CheckDatabaseGiven(); err != nil {
		return restored, err
	}
	keys, err := keyring.ReadKeyFile(r.KeyFile())
	if err != nil {
		return restored, err
	}
	for _, warning := range r.PermissionWarnings() {
		c.PrintNotice("Warning: %s.", warning)
	}
	engine, made, err := r.openEngine(ctx)
	if err != nil {
		return restored, err
	}
	if r.IsShared() && !made { // Other desks may have the database open, so a backup with an earlier schema is refused.
		return r.restoreShared(ctx, c, engine, keys, in, options)
	}
	if restored, err = backup.RestoreToEngine(ctx, engine, keys, c.Clock.Now, in, options); err != nil {
		err = errors.Join(err, engine.Close())
		if made {
			err = errors.Join(err, r.RemoveNewFile())
		}
		return restored, err
	}
	s, err := store.Open(ctx, engine, keys, c.Clock.Now)
	if schema, is := errors.AsType[store.OldSchema](err); is {
		c.PrintNotice("The backup has schema version %d, and so has %s now: bring it to that of this loket with loket migrate --db %s, or open the desk.", int(schema), r.DB, r.DB)
		return restored, engine.Close()
	}
	if err != nil {
		return restored, &database.OpenError{Sentence: fmt.Sprintf("it was restored, and cannot be opened: %v", err), Reason: errors.Join(err, engine.Close())}
	}
	return restored, s.Close()
}

// restoreShared restores a database that other processes may have open.
func (r *RestoreCommand) restoreShared(ctx context.Context, c *database.CommandSession, engine kvdb.Engine, keys *keyring.Keys, in io.Reader, options backup.RestoreOptions) (restored backup.RestoreResult, err error) {
	s, err := r.OpenStore(ctx, engine, keys, nil, c.Clock)
	if err != nil {
		return restored, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return backup.Restore(ctx, s, in, options)
}

// openEngine opens the engine of the database, or makes a new database. made reports whether the database is new.
func (r *RestoreCommand) openEngine(ctx context.Context) (engine kvdb.Engine, made bool, err error) {
	engine, err = r.OpenEngine(ctx)
	if errors.Is(err, kvdb.ErrNoFile) {
		engine, err = r.NewEngine(ctx)
		return engine, err == nil, err
	}
	if err != nil {
		return nil, false, err
	}
	blank, err := store.IsEmptyEngine(ctx, engine)
	if err == nil && !blank && !r.Yes {
		err = errYesFlagRequired
	}
	if err != nil {
		return nil, false, errors.Join(err, engine.Close())
	}
	return engine, false, nil
}

// explainError returns an error that says why nothing was restored, and what the operator can do.
func (r *RestoreCommand) explainError(err error) error {
	keys := "the key file of the desk"
	if r.DB != "" || r.Keys != "" {
		keys = "the key file " + r.KeyFile()
	}
	if faults := r.ClusterError(err); faults != nil {
		return faults
	}
	schemaText := "the backup is of an earlier version of loket: stop the desk, and restore it with loket restore --db"
	if r.IsShared() {
		schemaText = "the backup is of an earlier version of loket: restore it where there is no database yet, under another name on the cluster"
	}
	says := map[error]string{
		store.ErrWrongKeys:         fmt.Sprintf("the backup was not made with %s, or under keys that were forgotten since", keys),
		backup.ErrBackupKeyDropped: fmt.Sprintf("the backup is sealed under keys that were forgotten since: they are not in %s", keys),
		backup.ErrEarlierSchema:    schemaText,
		keyring.ErrKeysReserved:    errRotationRunning.Error(),
		kvdb.ErrInUse:              fmt.Sprintf("another process has the database %s open: stop that one first, or restore over SSH", r.DB),
		keyring.ErrNoFile:          fmt.Sprintf("%s is not there, and without it nobody can read the backup: put it back, or say where it is with --keys", keys),
	}
	_, isUsage := errors.AsType[console.UsageError](err)
	if _, isOpenError := errors.AsType[*database.OpenError](err); isOpenError || isUsage {
		return err
	}
	for reason, sentence := range says {
		if errors.Is(err, reason) {
			return &database.OpenError{Sentence: sentence, Reason: reason}
		}
	}
	if left, is := errors.AsType[*backup.Damage](err); is {
		return fmt.Errorf("%s: nothing was restored: the backup is damaged: %w; to restore the others, say --leave-damaged", r.File, left)
	}
	return fmt.Errorf("%s: nothing was restored: %w", r.File, err)
}
