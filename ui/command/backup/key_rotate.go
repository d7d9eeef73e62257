package backup

import (
	"context"
	"errors"
	"fmt"

	"loket/flows/maintenance"
	"loket/store"
	"loket/store/keyring"
	"loket/store/rotation"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// KeyRotateCommand is the command that makes a new encryption key, and encrypts all records with it.
type KeyRotateCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Forget                 bool `help:"Drop older keys from the key file. No backup that was made before can be restored then."`
	Alone                  bool `help:"On a cluster, for --forget: no desk is open on the database."`
}

// Help returns the detailed help of the command.
func (KeyRotateCommand) Help() string {
	return `The new key is in the key file before anything is sealed under it: make a copy of that file afterwards. The desk goes on meanwhile. If the rotation is interrupted, run it again: it goes on with the same key.

Older keys stay in the key file, so that older backups can be restored, until --forget. Whoever has an old key file and an old copy of the database can read that copy for ever. Two keys do not change: that by which records are looked up, since every key of the database hangs on it, and that which signs the audit log. Never use one key file for several databases: --forget looks at this one alone.

Desks of other processes on a cluster go on too: each reads the key file again when it comes upon a key that it does not know. On other machines it must be brought there first, or they cannot read what is sealed by then: keep the file where all can read it, or bring it over at once. Of two machines that rotate at the same time one is refused.`
}

var errRotationRunning = fmt.Errorf("%w: try again when that is done", keyring.ErrKeysReserved)

// Run makes the key, encrypts all records with it, and overwrites the old ciphertext that the database file still contains.
func (k *KeyRotateCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if err := k.checkForgetFlag(c); err != nil {
		return err
	}
	return k.WithStore(ctx, c, func(s *store.Store) error {
		r, err := k.rotateKey(ctx, c, s)
		switch {
		case errors.Is(err, keyring.ErrKeysReserved):
			return errRotationRunning
		case errors.Is(err, rotation.ErrKeyNotInFile):
			return errors.New("somebody rotated with another copy of the key file meanwhile: bring that one here first")
		case ctx.Err() != nil:
			return fmt.Errorf("stopped after %s: run it again to complete the rotation", console.CountText(r.RecordsSealed, "record"))
		case err != nil:
			return err
		}
		var says []string
		switch {
		case r.IsNewKey:
			says = append(says, fmt.Sprintf("Sealed %s under the new key %s. Make a copy of the key file now.", console.CountText(r.RecordsSealed, "record"), formatKeyID(r.Key)))
		default:
			says = append(says, fmt.Sprintf("Sealed %s under the key %s, which completes an earlier rotation or what a backup brought back. Run it again for a new key.", console.CountText(r.RecordsSealed, "record"), formatKeyID(r.Key)))
		}
		forgotten := 0
		if k.Forget {
			if forgotten, err = forgetOldKeys(ctx, s); err != nil {
				return err
			}
			says = append(says, "Forgot "+console.CountText(forgotten, "older key")+".")
		}
		if err := s.Update(ctx, func(tx *store.Tx) error {
			tx.RecordAudit(store.AuditEntry{Terminal: store.AuditOperator, Flow: store.AuditOperator, Step: "key rotate", Outcome: "rotated"})
			return nil
		}); err != nil {
			return err
		}
		err = maintenance.Scrub(ctx, s, c.Clock)
		busy := errors.Is(err, maintenance.ErrNotScrubbed)
		if busy {
			says = append(says, "What was sealed before may still be in the database, since somebody was reading from it: the next retention scrubs it.")
		} else if err != nil {
			return err
		}
		facts := map[string]any{"key": formatKeyID(r.Key), "new": r.IsNewKey, "records": r.RecordsSealed, "keys_forgotten": forgotten, "scrubbed": !busy}
		return k.PrintOutcome(c.Console, facts, says...)
	})
}

// checkForgetFlag refuses --forget while other desks may still encrypt with an older key.
func (k *KeyRotateCommand) checkForgetFlag(c *database.CommandSession) error {
	switch {
	case !k.Forget && k.Alone:
		return console.UsageError("--alone is of no use without --forget")
	case k.Forget && c.OpenDatabase != nil && c.OpenDatabase.IsShared():
		return console.UsageError("other desks on the cluster may still seal under older keys, which would be lost: close them all, and give the command to none of them")
	case k.Forget && k.IsShared() && !k.Alone:
		return console.UsageError("desks that are open may still seal under older keys, which would be lost: close them all, and say --alone")
	}
	return nil
}

func (k *KeyRotateCommand) rotateKey(ctx context.Context, c *database.CommandSession, s *store.Store) (rotation.Result, error) {
	bar := c.NewProgressBar()
	defer bar.Clear()
	return rotation.Rotate(ctx, s, func(done, all int) { bar.Show("sealing", int64(done), int64(all)) })
}

func forgetOldKeys(ctx context.Context, s *store.Store) (count int, err error) {
	forgotten, err := rotation.DropOldKeys(ctx, s)
	if errors.Is(err, rotation.ErrInUse) {
		return 0, errors.New("older keys are kept, since there are records that cannot be sealed anew: see loket check")
	}
	return len(forgotten), err
}
