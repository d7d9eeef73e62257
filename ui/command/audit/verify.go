package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"loket/flows/dutch"
	"loket/flows/maintenance"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/backup"
	"loket/store/checkpoint"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// VerifyCommand is the command that verifies the audit log.
type VerifyCommand struct {
	database.Database `embed:""`
	Checkpoint        []string `sep:"none" placeholder:"FILE" help:"A signed checkpoint that was kept elsewhere, which the log must fit; can be given more than once."`
	Journal           string   `placeholder:"FILE" help:"What the desk logged, as journalctl -o cat gives it; the log must fit every checkpoint in it. - is standard input."`
	Verifier          string   `placeholder:"KEY" help:"The public key that the log must be signed with, as it was written down elsewhere. Without it, it is that of the key file."`
	JSON              bool     `name:"json" help:"Give the result as JSON."`
}

// Help returns the detailed help of the command.
func (VerifyCommand) Help() string {
	return `The log is worked out anew from its entries, and held against the hashes and signed checkpoints that are kept with it. Whoever has the database and the key file could make those anew as well, and whoever has an old copy of the database could put that back. So the desk also logs its checkpoints: keep those, and the public key that this command gives, where nobody who can reach the database can reach them, and give them back here:

  journalctl -o cat -u loket-serve | ssh -p 2222 -i operator.key HOST audit verify --journal - --verifier KEY`
}

// Run verifies the log. If the log is not sound, the error names the first bad entry.
func (a *VerifyCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if reads := append(slices.Clone(a.Checkpoint), a.Journal); countOccurrences(reads, console.StandardStream) > 1 {
		return console.UsageError("only one file can be " + console.StandardStream)
	}
	return withFlushedLog(ctx, c, a.Database, func(s *store.Store) error {
		verifier := cmp.Or(a.Verifier, s.Verifier())
		outside, err := a.readCheckpoints(c.Console, verifier)
		if err != nil {
			return err
		}
		found, err := auditlog.Verify(ctx, s, verifier, outside)
		if err != nil {
			return fmt.Errorf("verify the audit log: %w", err)
		}
		if err := a.printResult(c.Console, newVerifiedLog(found, verifier)); err != nil {
			return err
		}
		if found.Fault != nil && len(outside) > 0 {
			a.warnOfRestores(ctx, c, s)
		}
		if found.Fault != nil {
			return fmt.Errorf("the audit log is not sound: %w", found.Fault)
		}
		return nil
	})
}

// warnOfRestores lists the restores of backups. A checkpoint that was made before a restore does not match the log after the
// restore.
func (a *VerifyCommand) warnOfRestores(ctx context.Context, c *database.CommandSession, s *store.Store) {
	_ = s.View(ctx, func(tx *store.Tx) error { // The error is ignored, because this list is only a hint.
		for e := range auditlog.LoggedEntries(tx) {
			if e.Flow == store.AuditOperator && e.Step == backup.AuditStepRestore {
				since := e.At.In(dutch.AmsterdamZone).Format(time.DateTime) + " " + dutch.AmsterdamZone.String() // as systemd.time(7) reads it
				c.PrintNotice("Entry %d: %s, on %s. If that was yours, verify with what was logged since: journalctl --since %q.", e.Number, e.Outcome, console.FormatToSecond(e.At), since)
			}
		}
		return nil
	})
}

func countOccurrences(names []string, name string) (n int) {
	for _, other := range names {
		if other == name {
			n++
		}
	}
	return n
}

// readCheckpoints reads the checkpoints that the flags name. The log must match each of them.
func (a *VerifyCommand) readCheckpoints(c *console.Console, verifier string) (all []checkpoint.Checkpoint, err error) {
	add := func(where, note string) error {
		checkpoint, err := checkpoint.VerifyNote(note, verifier)
		if err != nil {
			return fmt.Errorf("%s: %w", where, err)
		}
		checkpoint.Note = "" // Clearing the note saves memory, because a journal has many checkpoints.
		all = append(all, checkpoint)
		return nil
	}
	for _, name := range a.Checkpoint {
		note, err := readCheckpointFile(c, name)
		if err != nil {
			return nil, err
		}
		if err := add(name, note); err != nil {
			return nil, err
		}
	}
	if a.Journal == "" {
		return all, nil
	}
	return all, a.readJournal(c, add)
}

// maxCheckpointSize is the maximum size of a checkpoint file, in bytes. Real checkpoints are smaller.
const maxCheckpointSize = 64 << 10

func readCheckpointFile(c *console.Console, name string) (string, error) {
	f, _, err := c.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var note strings.Builder
	if _, err := io.Copy(&note, io.LimitReader(f, maxCheckpointSize+1)); err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return note.String(), nil
}

func (a *VerifyCommand) readJournal(c *console.Console, add func(where, note string) error) error {
	f, _, err := c.Open(a.Journal)
	if err != nil {
		return err
	}
	defer f.Close()
	found := 0
	for note, err := range maintenance.ReadLogCheckpoints(f) {
		found++
		if err != nil {
			return fmt.Errorf("read %s: %w", a.Journal, err)
		}
		if err := add(fmt.Sprintf("checkpoint %d in %s", found, a.Journal), note); err != nil {
			return err
		}
	}
	if found == 0 {
		return errors.New("there is no checkpoint in " + a.Journal)
	}
	return nil
}

// VerifiedLog is the result of the verification as JSON.
type VerifiedLog struct {
	Sound   bool  `json:"sound"`
	Entries int64 `json:"entries"`
	// FirstKept is the index of the first entry that is complete. Of earlier entries the log keeps only the hashes.
	FirstKept     int64  `json:"kept_from"`
	ErasedEntries int    `json:"forgotten"` // ErasedEntries is the number of entries about customers who were erased.
	QueuedEntries int    `json:"queued"`    // QueuedEntries is the number of entries that are not in the log yet.
	Root          string `json:"root,omitempty"`
	Verifier      string `json:"verifier"` // Verifier is the public key that the signatures were checked with.
	// OutsideCheckpoints is the number of checkpoints, named by flags, that the log matches.
	OutsideCheckpoints int       `json:"outside"`
	Checkpoint         string    `json:"checkpoint,omitempty"`
	Fault              *logFault `json:"fault,omitempty"`
}

// logFault is the first fault in the audit log. The first bad entry is between First and Last, inclusive. Both are nil if no
// entry is bad.
type logFault struct {
	First       *int64 `json:"first,omitempty"`
	Last        *int64 `json:"last,omitempty"`
	Description string `json:"says"`
}

func newVerifiedLog(found auditlog.Verification, verifier string) VerifiedLog {
	v := VerifiedLog{
		Sound: found.Fault == nil, Entries: found.Newest.Size, FirstKept: found.Newest.FirstKept, ErasedEntries: found.Erased, QueuedEntries: found.Queued,
		Verifier: verifier, OutsideCheckpoints: found.MatchedOutside, Checkpoint: found.Newest.Note,
	}
	if v.Entries > 0 {
		v.Root = found.Newest.Root.String()
	}
	if f := found.Fault; f != nil {
		v.Fault = &logFault{Description: f.Error()}
		if f.First != auditlog.NoEntry {
			v.Fault.First, v.Fault.Last = &f.First, &f.Last
		}
	}
	return v
}

// printResult prints the result of the verification.
func (a *VerifyCommand) printResult(c *console.Console, v VerifiedLog) error {
	if a.JSON {
		return c.PrintJSON(v)
	}
	facts := [][2]string{{"entries", console.Count(v.Entries).String()}}
	add := func(name string, n int) {
		if n > 0 {
			facts = append(facts, [2]string{name, console.Count(n).String()})
		}
	}
	add("kept from entry", int(v.FirstKept))
	add("about erased customers", v.ErasedEntries)
	add("not in the log yet", v.QueuedEntries)
	add("checkpoints from outside that it fits", v.OutsideCheckpoints)
	if v.Root != "" {
		facts = append(facts, [2]string{"root", v.Root})
	}
	for _, fact := range append(facts, [2]string{"public key", v.Verifier}) {
		c.PrintResult("%s: %s\n", fact[0], fact[1])
	}
	if v.Sound {
		c.PrintNotice("The audit log is sound.")
	}
	return nil
}
