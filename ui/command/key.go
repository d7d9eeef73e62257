package command

import (
	"context"
	"errors"
	"fmt"

	"loket/flows/maintenance"
	"loket/store"
)

// Key is about the keys in the key file.
type Key struct {
	List   KeyList   `cmd:"" help:"Show the keys that records are sealed under."`
	Rotate KeyRotate `cmd:"" help:"Make a new key, and seal everything under it."`
}

// KeyList lists keys.
type KeyList struct {
	Database `embed:""`
	JSON     bool `name:"json" help:"Give the list as JSON."`
}

// listedKey is a key as a program gets it.
type listedKey struct {
	ID      string `json:"id"`
	Primary bool   `json:"primary"`
	Records int    `json:"records"`
}

// Run lists them, that under which everything is sealed from now on first.
func (k *KeyList) Run(ctx context.Context, c *Console) error {
	listed := []listedKey{}
	err := k.with(ctx, c, func(s *store.Store) error {
		keys, err := s.SealingKeys(ctx)
		for _, key := range keys {
			listed = append(listed, listedKey{keyName(key.ID), key.Primary, key.Records})
		}
		return err
	})
	if err != nil {
		return err
	}
	if k.JSON {
		return c.json(listed)
	}
	var rows []row
	for _, key := range listed {
		use := "opens only"
		if key.Primary {
			use = "seals and opens"
		}
		rows = append(rows, row{key.ID, count(key.Records), use})
	}
	c.table([]string{"KEY", "RECORDS", "USE"}, rows)
	return nil
}

// keyName is the id of a key as people see it.
func keyName(id uint32) string { return fmt.Sprintf("%08x", id) }

// KeyRotate makes a new key.
type KeyRotate struct {
	Database `embed:""`
	Forget   bool `help:"Drop older keys from the key file. No backup that was made before can be restored then."`
	Alone    bool `help:"On a cluster, for --forget: no desk is open on the database."`
}

// Help explains the command.
func (KeyRotate) Help() string {
	return `The new key is in the key file before anything is sealed under it: make a copy of that file afterwards. The desk goes on meanwhile. If the rotation is interrupted, run it again: it goes on with the same key.

Older keys stay in the key file, so that older backups can be restored, until --forget. Whoever has an old key file and an old copy of the database can read that copy for ever. Two keys do not change: that by which records are looked up, since every key of the database hangs on it, and that which signs the audit log. Never use one key file for several databases: --forget looks at this one alone.

Desks of other processes on a cluster go on too: each reads the key file again when it comes upon a key that it does not know. On other machines it must be brought there first, or they cannot read what is sealed by then: keep the file where all can read it, or bring it over at once. Of two machines that rotate at the same time one is refused.`
}

var errRotating = fmt.Errorf("%w: try again when that is done", store.ErrRotating)

// Run makes it, and scrubs the database file of what was sealed before.
func (k *KeyRotate) Run(ctx context.Context, c *Console) error {
	if err := k.check(c); err != nil {
		return err
	}
	return k.with(ctx, c, func(s *store.Store) error {
		r, err := k.rotate(ctx, c, s)
		switch {
		case errors.Is(err, store.ErrRotating):
			return errRotating
		case errors.Is(err, store.ErrOtherKey):
			return errors.New("somebody rotated with another copy of the key file meanwhile: bring that one here first")
		case ctx.Err() != nil:
			return fmt.Errorf("stopped after %s: run it again to complete the rotation", some(r.Sealed, "record"))
		case err != nil:
			return err
		case r.Made:
			c.say("Sealed %s under the new key %s. Make a copy of the key file now.", some(r.Sealed, "record"), keyName(r.Key))
		default:
			c.say("Sealed %s under the key %s, which completes an earlier rotation or what a backup brought back. Run it again for a new key.", some(r.Sealed, "record"), keyName(r.Key))
		}
		if k.Forget {
			if err := k.forget(ctx, c, s); err != nil {
				return err
			}
		}
		if err := s.Update(ctx, func(tx *store.Tx) error {
			tx.Record(store.AuditEntry{Terminal: store.ByOperator, Flow: store.ByOperator, Step: "key rotate", Outcome: "rotated"})
			return nil
		}); err != nil {
			return err
		}
		err = maintenance.Scrub(ctx, s, c.Clock)
		if errors.Is(err, store.ErrBusy) {
			c.say("What was sealed before may still be in the database, since somebody was reading from it: the next retention scrubs it.")
			return nil
		}
		return err
	})
}

// check refuses to forget what others may seal under.
func (k *KeyRotate) check(c *Console) error {
	switch {
	case !k.Forget && k.Alone:
		return Usage("--alone is of no use without --forget")
	case k.Forget && c.Held != nil && c.Held.shared():
		return Usage("other desks on the cluster may still seal under older keys, which would be lost: close them all, and give the command to none of them")
	case k.Forget && k.shared() && !k.Alone:
		return Usage("desks that are open may still seal under older keys, which would be lost: close them all, and say --alone")
	}
	return nil
}

func (k *KeyRotate) rotate(ctx context.Context, c *Console, s *store.Store) (store.Rotation, error) {
	bar := c.bar()
	defer bar.clear()
	return s.Rotate(ctx, func(done, all int) { bar.show("sealing", int64(done), int64(all)) })
}

func (k *KeyRotate) forget(ctx context.Context, c *Console, s *store.Store) error {
	forgotten, err := s.ForgetKeys(ctx)
	switch {
	case errors.Is(err, store.ErrKeysInUse):
		return errors.New("older keys are kept, since there are records that cannot be sealed anew: see loket check")
	case err != nil:
		return err
	}
	c.say("Forgot %s.", some(len(forgotten), "older key"))
	return nil
}
