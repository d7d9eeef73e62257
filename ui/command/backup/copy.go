package backup

import (
	"context"
	"errors"
	"fmt"

	"loket/store"
	"loket/store/backup"
	"loket/store/kvdb"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// CopyCommand is the command that copies a database to another place.
type CopyCommand struct {
	From      string                `required:"" placeholder:"WHERE" help:"The database: a file, or etcd://HOST:2379,HOST:2379,HOST:2379/NAME on a cluster."`
	To        string                `required:"" placeholder:"WHERE" help:"Where there is to be one like it: a file, or a name on a cluster."`
	Keys      string                `env:"LOKET_KEYS" placeholder:"FILE" help:"The key file of both: that of the database with .key after it, unless given. It must be given for one on a cluster."`
	Cluster   database.ClusterFlags `embed:"" envprefix:"LOKET_"`
	ToCluster database.ClusterFlags `embed:"" prefix:"to-" envprefix:"LOKET_TO_"`

	console.OutcomePrinter `embed:""`
}

// Help returns the detailed help of the command.
func (CopyCommand) Help() string {
	return `Close the desks first. Every record goes over as it is sealed, so that the copy has the key file that the database has. Then all are compared, here and there, byte for byte, until every one is found to be the same: only then can the copy be opened. Interrupted, it goes on where it is run again. It writes over nothing.

Nobody can see from here whether desks are open on a cluster. What they do while it is copied is brought over as well, as long as they are not too busy; what they do after the moment that is told at the end is not. So a large database can be copied in two steps: begin while desks are open, interrupt it, close them, and run it again.

From then on open the copy alone: each of the two would send the messages that wait in both.

The --etcd flags are for both sides. Where the other cluster wants something else, say that with the --to-etcd flags.`
}

// sourceAndTarget returns the source and the target of the copy. It returns a usage error if the arguments do not name two
// databases.
func (k *CopyCommand) sourceAndTarget() (from, to database.Database, err error) {
	fromCluster, toCluster := k.Cluster, k.ToCluster
	if toCluster == (database.ClusterFlags{}) && database.IsCluster(k.To) {
		toCluster = k.Cluster
	}
	if !database.IsCluster(k.From) && database.IsCluster(k.To) {
		fromCluster = database.ClusterFlags{}
	}
	from = database.Database{DB: k.From, Keys: k.Keys, Cluster: fromCluster}
	to = database.Database{DB: k.To, Keys: from.KeyFile(), Cluster: toCluster}
	for _, d := range []database.Database{from, to} {
		if err := d.CheckDatabaseGiven(); err != nil {
			return from, to, err
		}
	}
	if k.From == k.To {
		return from, to, console.UsageError("--from and --to are the same")
	}
	return from, to, nil
}

// Run copies the database.
func (k *CopyCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if c.OpenDatabase != nil {
		return console.UsageError("a database that a desk has open is not copied: close it, and do so on the machine itself")
	}
	from, to, err := k.sourceAndTarget()
	if err != nil {
		return err
	}
	return from.WithStore(ctx, c, func(s *store.Store) error {
		last, err := k.copyStore(ctx, c, s, to)
		if err != nil {
			return k.explainError(ctx, from, to, err)
		}
		says := []string{fmt.Sprintf("Copied %s, and found every one the same there. Open it with --db %s --keys %s, and do not open %s any more.", console.CountText(last.Records, "record"), to.DB, to.KeyFile(), from.DB)}
		if from.IsShared() {
			says = append(says, fmt.Sprintf("Desks that were open on %s at %s, or later, may have done what is not in the copy.", from.DB, console.FormatToSecond(last.Began)))
		}
		return k.PrintOutcome(c.Console, map[string]any{"records": last.Records, "db": to.DB, "keys": to.KeyFile(), "began": console.InAmsterdam(last.Began)}, says...)
	})
}

func (k *CopyCommand) copyStore(ctx context.Context, c *database.CommandSession, s *store.Store, to database.Database) (last backup.CopyRound, err error) {
	engine, err := to.OpenOrNewEngine(ctx)
	if err != nil {
		return last, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	bar := c.NewProgressBar()
	defer bar.Clear()
	return backup.Copy(ctx, s, engine, func(round backup.CopyRound, done int) {
		what := "copying"
		if round.Number > 1 {
			what = "verifying"
		}
		bar.Show(what, int64(done), int64(round.Records))
	})
}

// explainError returns an error that says why the copy was not made, and what the operator can do.
func (k *CopyCommand) explainError(ctx context.Context, from, to database.Database, err error) error {
	says := map[error]string{
		backup.ErrTargetNotBlank: fmt.Sprintf("there is something at %s already, which is not written over", to.DB),
		backup.ErrOtherCopyBegun: fmt.Sprintf("somebody began to copy another database to %s: take another place, or take that away first", to.DB),
		backup.ErrStillChanging:  fmt.Sprintf("desks go on changing %s: close them, and run it again to complete the copy", from.DB),
		kvdb.ErrInUse:            fmt.Sprintf("another process has %s open", to.DB),
	}
	if ctx.Err() != nil {
		return errors.New("stopped before it was done: run it again to complete the copy")
	}
	for reason, sentence := range says {
		if errors.Is(err, reason) {
			return &database.OpenError{Sentence: sentence, Reason: reason}
		}
	}
	if damaged, is := errors.AsType[*backup.Damage](err); is {
		return fmt.Errorf("%s is damaged, and there is no copy: %w; loket backup and then loket restore --leave-damaged bring all the others", from.DB, damaged)
	}
	for _, d := range []database.Database{to, from} {
		if faults := d.ClusterError(err); faults != nil {
			return faults
		}
	}
	return err
}
